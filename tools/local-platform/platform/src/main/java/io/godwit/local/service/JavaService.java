package io.godwit.local.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service of ours to be run as a child JVM.
 *
 * @param name in commands, of its log, of its process record
 * @param quarkusRunJar what its build makes, {@code target/quarkus-app/quarkus-run.jar}
 * @param environment its configuration; QUARKUS_HTTP_PORT and QUARKUS_HTTP_HOST are added
 * @param port where it serves HTTP, on 127.0.0.1
 * @param readyPath answers 200 when it is ready, like {@code /q/health/ready}
 * @param jvmOptions like {@code -Xmx384m}
 */
public record JavaService(
        String name,
        Path quarkusRunJar,
        Map<String, String> environment,
        int port,
        String readyPath,
        List<String> jvmOptions) {
    public JavaService {
        requireNonNull(name, "name is null");
        requireNonNull(quarkusRunJar, "quarkusRunJar is null");
        requireNonNull(readyPath, "readyPath is null");
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With a heap that a service of ours is content with, and Quarkus' own path of readiness. */
    public JavaService(String name, Path quarkusRunJar, Map<String, String> environment, int port) {
        this(name, quarkusRunJar, environment, port, "/q/health/ready", List.of("-Xms64m", "-Xmx384m"));
    }
}
