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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's first command as it stands there, with 50 cards. */
class DemoDT {
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theDemoCommandMovesEveryCardAndServesTheOneThatAsks(@TempDir Path home) throws Exception {
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
        assertEquals(Optional.of(50L), result.number("cards"));
        assertEquals(Optional.of(50L), result.number("succeeded"));
        assertEquals(Optional.of(0L), result.number("failed"));
        Json.Obj publishes = result.object("publishes").orElseThrow();
        for (String step : List.of("A1", "A2", "B1", "B2")) {
            assertEquals(Optional.of(50L), publishes.number(step), step);
        }
        assertTrue(publishes.number("D1").orElseThrow() >= 100, "a notification and an answer from each card");
        assertTrue(result.object("cpuMillisPerCard").orElseThrow().members().size() >= 6, "one figure a process");
    }
}
