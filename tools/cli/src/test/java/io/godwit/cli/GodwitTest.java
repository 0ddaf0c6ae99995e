package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GodwitTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Godwit.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "logs", "token", "pki", "profile", "demo", "bench"})
    void everyCommandExplainsItself(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().contains("Usage: godwit " + command));
    }

    @Test
    void unknownWordsAreRefusedWithTheUsage() {
        assertEquals(2, run("fly"));
        assertTrue(err.toString().contains("fly"));
    }

    @Test
    void theNumberOfCardsHasBounds() {
        assertEquals(2, run("demo", "--cards", "0"));
        assertTrue(err.toString().contains("--cards"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --replicas 0",
                "logs --lines -5",
                "bench single --cards 0",
                "bench group --cards 0",
                "bench group --single-up-to -1",
                "bench connections --cards 0",
                "bench faults --runs 0",
                "bench faults --strikes 0",
                "bench faults --cards 0",
                "bench faults --replicas 0",
                "bench faults --mode both",
                "bench faults --report no-such-folder/report.md",
                "bench ecdsa --seconds 0",
                "bench download-crypto --seconds 0",
                "bench download-crypto --octets 999",
                "bench bridge --rounds 0",
                "bench bridge --seconds 0",
                "bench fanout --rounds 0",
                "bench fanout --clients 5000,1000",
                "token --hours 0",
                "token --role typo",
                "token --role profile-owner",
                "token --profile-owner mno-1",
                "demo --patience 0",
                "pki init --years 0 --out nowhere",
                "pki tls --host a_b --out nowhere",
                "pki tls --host 1.2.3 --out nowhere",
                "pki tenant --tenant Acme --out nowhere",
                "pki device --nid 0 --tenant acme --out nowhere",
                "pki verify --role ci --ci nowhere nothing",
                "pki verify --at today --ci nowhere nothing",
                "pki verify --eid 8904 --ci nowhere nothing",
                "up --brokers 0",
                "up --brokers 10",
                "demo --brokers 10",
                "bench faults --brokers 0",
                "bench nodes --brokers 1",
                "bench nodes --bystanders 11 --cards 10",
                "up --port hivemq-1=1883",
                "up --port kafka=0",
                "up --port kafka=70000",
                "up --port kafak=9092",
                "demo --port kafka=9092 --port hivemq=9092"
            })
    void whatMakesNoSenseIsRefusedWithTheOptionAndWhatItTakes(String line) {
        List<String> words = List.of(line.split(" "));
        String option =
                words.stream().filter(word -> word.startsWith("--")).findFirst().orElseThrow();
        assertEquals(2, run(words.toArray(String[]::new)));
        assertTrue(err.toString().startsWith(option), err.toString());
        assertTrue(err.toString().contains(": use "), err.toString());
    }

    @Test
    void statusOfAHomeWhereNothingRunsIsDownAndFails(@TempDir Path home) {
        assertEquals(1, run("status", "--home", home.toString()));
        assertTrue(out.toString().contains("down"));
        assertFalse(out.toString().contains("silent"));
    }

    @Test
    void downWhereNothingRunsSaysSo(@TempDir Path home) {
        assertEquals(0, run("down", "--home", home.toString()));
        assertTrue(out.toString().contains("Nothing was running."));
    }

    @Test
    void upWithoutABuildSaysHowToBuild(@TempDir Path home) {
        System.setProperty("godwit.root", home.toString());
        try {
            assertEquals(1, run("up", "--home", home.toString()));
            assertTrue(err.toString().contains("mvn -DskipTests package"), err.toString());
        } finally {
            System.clearProperty("godwit.root");
        }
    }

    @Test
    void logOfAnUnknownComponentNamesTheWayOut(@TempDir Path home) {
        assertEquals(1, run("logs", "nothing", "--home", home.toString()));
        assertTrue(err.toString().contains("godwit logs"));
    }
}
