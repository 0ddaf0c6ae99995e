package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's first command as it stands there, with 50 cards. */
class DemoDT {
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theDemoCommandMovesEveryCardInBothModesServesThoseThatAskAndDownloads(@TempDir Path home) throws Exception {
        String command = ReadmeTest.commands().get(0) + " --cards 50 --json";
        Path output = home.resolve("demo.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(Checkout.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GODWIT_HOME", home.resolve("platform").toString());
        // The build is what is being tested: it has just been made.
        builder.environment().put("GODWIT_BUILD", "never");
        int status = builder.start().waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        lines.forEach(System.out::println);
        assertEquals(0, status);
        Json.Obj result = assertInstanceOf(
                        JsonReader.Read.class,
                        new JsonReader(1 << 16, 8).read(Octets.utf8(lines.get(lines.size() - 1))))
                .object();
        everyCardHasSucceeded(result);
        assertEquals(Optional.of(0L), result.number("repaired"), "nobody was silent");
        // One message for all of them, and an answer from each.
        publishes(result, Map.of("A1", 1L, "A2", 50L, "C1", 1L, "C2", 50L));
        Json.Obj single = result.object("single").orElseThrow();
        everyCardHasSucceeded(single);
        publishes(single, Map.of("A1", 50L, "A2", 50L, "B1", 50L, "B2", 50L));
        assertEquals(Optional.of(new Json.Bool(true)), result.find("firstDownloadEnabled"));
        Json.Obj downloads = result.object("downloads").orElseThrow();
        everyCardHasSucceeded(downloads);
        // CreateISDP, key agreement, package, EnableProfile.
        publishes(downloads, Map.of("A1", 50L, "A2", 50L, "B1", 200L, "B2", 200L));
        assertEquals(Optional.of(1000L), result.number("subscriptionsImported"));
        // One for the first card, one for each of the fifty, and the one with a wrong Ki, which is on its card,
        // disabled.
        Json.Obj stock = result.object("subscriptions").orElseThrow();
        assertEquals(Optional.of(52L), stock.number("Consumed"));
        assertEquals(Optional.of(949L), stock.number("Available"));
        assertEquals(Optional.of("ROLLED_BACK"), result.text("wrongKi"));
        assertEquals(Optional.of(new Json.Bool(true)), result.find("wrongKiRolledBack"));
    }

    private static void everyCardHasSucceeded(Json.Obj order) {
        assertEquals(Optional.of(50L), order.number("cards"));
        assertEquals(Optional.of(50L), order.number("succeeded"));
        assertEquals(Optional.of(0L), order.number("failed"));
        assertTrue(order.object("cpuMillisPerCard").orElseThrow().members().size() >= 6, "one figure a process");
    }

    private static void publishes(Json.Obj order, Map<String, Long> expected) {
        Json.Obj publishes = order.object("publishes").orElseThrow();
        expected.forEach((step, count) -> assertEquals(Optional.of(count), publishes.number(step), step));
        assertTrue(publishes.number("D1").orElseThrow() >= 100, "a notification and an answer from each card");
    }
}
