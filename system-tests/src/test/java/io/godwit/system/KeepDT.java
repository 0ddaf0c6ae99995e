package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README and the guide for device makers say of {@code --keep}, and then the lines that the demo prints. */
class KeepDT {
    private static final int STOPPED_BY_TIMEOUT = 124;

    @TempDir
    Path home;

    private record Said(int status, String text) {
        /** The printed command with that option, without what stands before it. */
        String line(String command, String option) {
            return text.lines()
                    .filter(line -> line.contains(command + " ") && line.contains(" " + option + " "))
                    .map(line -> line.substring(line.indexOf(command)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theDevicesStayOnlineAndAStockClientHasACardOfItsOwn() throws Exception {
        try {
            Said demo = run("./godwit demo --cards 2 --keep");
            assertEquals(0, demo.status(), demo.text());
            Said status = run("./godwit status");
            assertEquals(0, status.status(), status.text());
            assertTrue(status.text().matches("(?s).*fleet-0 +up .*"), status.text());
            assertTrue(run("./godwit logs fleet-0").text().contains("Fleet is on."));
            useThePrintedLines(demo);
        } finally {
            Said down = run("./godwit down");
            assertTrue(down.text().contains("Stopped fleet-0, "), down.text());
        }
    }

    private void useThePrintedLines(Said demo) throws IOException, InterruptedException {
        assumeTrue(StockClient.isInstalled(), "mosquitto_sub is not installed");
        assumeTrue(run("command -v curl").status() == 0, "curl is not installed");
        Said order = run(demo.line("curl", "-d"));
        assertEquals(0, order.status(), order.text());
        Said client = run("timeout 60 " + demo.line("mosquitto_sub", "-t") + " -C 1");
        assertTrue(client.status() != STOPPED_BY_TIMEOUT, "no message came");
        assertTrue(client.text().contains("\"type\":\"trigger\""), client.text());
    }

    private Said run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(Checkout.ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("GODWIT_HOME", home.resolve("platform").toString());
        // The build is what is being tested: it has just been made.
        builder.environment().put("GODWIT_BUILD", "never");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(text);
        return new Said(process.waitFor(), text);
    }
}
