package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PortOptionTest {
    @Test
    void portsByNameReachTheSettings(@TempDir Path home) {
        PortOption option = new PortOption();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create()
                .addMixin("ports", CommandLine.Model.CommandSpec.forAnnotatedObject(option)));
        line.parseArgs("--port", "kafka=29092", "--port", "provisioning-service-2=28080");
        PlatformSettings settings = option.on(PlatformSettings.in(home), 2, new Bounds(line));
        assertEquals(Map.of("kafka", 29_092, "provisioning-service-2", 28_080), settings.ports());
        assertTrue(Installation.portNames(1, 1).contains("registry-service"));
    }
}
