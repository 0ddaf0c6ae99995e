package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without {@code --keep} the README's first command leaves nothing running; here because patience runs out, which is soon. */
class DemoEndsDT {
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theDemoCommandStopsWhatItHasStarted(@TempDir Path home) throws Exception {
        Commands commands = new Commands(home.resolve("platform"));
        Commands.Said demo = commands.run(ReadmeTest.commands().get(0) + " --cards 50 --patience 1");
        assertEquals(1, demo.status(), demo.text());
        assertTrue(
                demo.text()
                        .contains("Stopped registry-service, provisioning-service, hivemq, postgres, kafka, "
                                + "which this command had started."),
                demo.text());
        assertEquals(1, commands.run("./godwit status").status(), "nothing runs");
    }
}
