package io.godwit.local.service;

import io.godwit.local.access.PlatformException;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service of ours as a component of the platform. */
public record JavaServiceProcess(JavaService service) implements Component {
    /** After everything that a service may need. */
    private static final int RANK = 2;

    @Override
    public void requireBuilt() {
        if (!Files.isRegularFile(service.quarkusRunJar())) {
            throw new PlatformException(
                    "The service " + service.name() + " is not built: there is no " + service.quarkusRunJar() + ".",
                    "Run \"mvn package\" in the folder of the project first.");
        }
    }

    @Override
    public String name() {
        return service.name();
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public List<Integer> ports() {
        return List.of(service.port());
    }

    @Override
    public Launch prepare() {
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(service.port()));
        return new Launch(
                Jvm.command(
                        service.jvmOptions(),
                        List.of("-jar", service.quarkusRunJar().toAbsolutePath().toString())),
                environment,
                StopSignal.TERM,
                Launch.PATIENT_START,
                Duration.ofSeconds(30));
    }

    @Override
    public Answer probe() {
        return HttpProbe.ask(healthUrl());
    }

    @Override
    public String healthUrl() {
        return "http://127.0.0.1:" + service.port() + service.readyPath();
    }
}
