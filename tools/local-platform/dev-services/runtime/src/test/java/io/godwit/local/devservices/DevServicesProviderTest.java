package io.godwit.local.devservices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DevServicesProviderTest {
    @Test
    void withoutAContainerRuntimeTheLocalPlatformProvides() {
        assertEquals(DevServicesProvider.LOCAL, choose("auto", Map.of(), Set.of()));
    }

    @Test
    void whereThereIsOneTheStockServicesAct() {
        assertEquals(DevServicesProvider.STOCK, choose("auto", Map.of("DOCKER_HOST", "tcp://x"), Set.of()));
        assertEquals(DevServicesProvider.STOCK, choose("auto", Map.of(), Set.of("/var/run/docker.sock")));
        assertEquals(
                DevServicesProvider.STOCK,
                choose("auto", Map.of("XDG_RUNTIME_DIR", "/run/user/7"), Set.of("/run/user/7/podman/podman.sock")));
    }

    @Test
    void whoeverSaysWhichGetsIt() {
        assertEquals(DevServicesProvider.LOCAL, choose("local", Map.of("DOCKER_HOST", "tcp://x"), Set.of()));
        assertEquals(DevServicesProvider.STOCK, choose("STOCK", Map.of(), Set.of()));
    }

    @Test
    void aTypingErrorIsNotTakenForSomething() {
        assertThrows(IllegalArgumentException.class, () -> choose("docker", Map.of(), Set.of()));
    }

    private static DevServicesProvider choose(String configured, Map<String, String> environment, Set<String> files) {
        return DevServicesProvider.choose(configured, environment, (Path file) -> files.contains(file.toString()));
    }
}
