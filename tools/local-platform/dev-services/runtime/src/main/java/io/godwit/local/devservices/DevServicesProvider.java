package io.godwit.local.devservices;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who provides PostgreSQL and Kafka to tests and to {@code quarkus:dev}: the value of {@value #PROPERTY}. */
public enum DevServicesProvider {
    /** Quarkus' own containers. */
    STOCK,
    /** The local platform's child processes. */
    LOCAL;

    /** "stock", "local", or "auto" (the default): stock where there is a container runtime, else local. */
    public static final String PROPERTY = "godwit.devservices.provider";

    private static final List<String> SOCKETS = List.of("/var/run/docker.sock", "/run/podman/podman.sock");

    /**
     * The provider on this machine.
     *
     * @param configured the property's value, if it has one
     */
    public static DevServicesProvider choose(Optional<String> configured) {
        return choose(configured.orElse("auto"), System.getenv(), Files::exists);
    }

    static DevServicesProvider choose(String configured, Map<String, String> environment, Predicate<Path> exists) {
        return switch (configured.toLowerCase(Locale.ROOT)) {
            case "stock" -> STOCK;
            case "local" -> LOCAL;
            case "auto" -> hasContainers(environment, exists) ? STOCK : LOCAL;
            default ->
                throw new IllegalArgumentException(
                        PROPERTY + " is \"" + configured + "\", but can be stock, local or auto");
        };
    }

    private static boolean hasContainers(Map<String, String> environment, Predicate<Path> exists) {
        String userFolder = environment.getOrDefault("XDG_RUNTIME_DIR", "/nowhere");
        return environment.containsKey("DOCKER_HOST")
                || SOCKETS.stream().map(Path::of).anyMatch(exists)
                || exists.test(Path.of(userFolder, "docker.sock"))
                || exists.test(Path.of(userFolder, "podman", "podman.sock"));
    }
}
