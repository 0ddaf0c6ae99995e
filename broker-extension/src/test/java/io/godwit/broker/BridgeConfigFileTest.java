package io.godwit.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.BridgeConfigFile.Invalid;
import io.godwit.broker.BridgeConfigFile.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeConfigFileTest {
    private static final String PEPPER = "ab".repeat(32);

    @Test
    void defaultsAreWhatTheExampleSays() throws IOException {
        BridgeConfig config = valid(Map.of());

        assertEquals("broker-1", config.node());
        assertEquals(PEPPER, config.pepper().toHex());
        assertEquals(Map.of("bootstrap.servers", "localhost:9092"), config.kafka());
        assertEquals(new BridgeConfig.Limits(98_304, 20, 50, 5, 200, 20_000, 2_000), config.limits());
        assertEquals(
                new BridgeConfig.Timing(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2)),
                config.timing());
        for (String line : Files.readAllLines(Path.of("src/main/extension/conf/godwit.properties.example"))) {
            if (line.startsWith("#") && line.contains(".") && line.matches("#[a-z.]+ = \\d+")) {
                String[] setting = line.substring(1).split(" = ", 2);
                assertEquals(config, valid(Map.of(setting[0], setting[1])), line);
            }
        }
    }

    @Test
    void aTrustStoreNeedsItsPasswordAndAFolderThatCanBeWritten(@TempDir Path folder) {
        String file = folder.resolve("trust.p12").toString();
        assertEquals(
                new BridgeConfig.TrustStore(Path.of(file), "secret"),
                valid(Map.of("tls.trust.store.file", file, "tls.trust.store.password", "secret"))
                        .trustStore()
                        .orElseThrow());
        assertTrue(valid(Map.of()).trustStore().isEmpty());
        for (Map<String, String> faulty : List.of(
                Map.of("tls.trust.store.file", file),
                Map.of("tls.trust.store.password", "secret"),
                Map.of("tls.trust.store.file", "/proc/none/trust.p12", "tls.trust.store.password", "secret"))) {
            Map<String, String> all = new HashMap<>(Map.of(
                    "node.name", "broker-1", "credential.pepper", PEPPER, "kafka.bootstrap.servers", "localhost:9092"));
            all.putAll(faulty);
            List<String> faults =
                    assertInstanceOf(Invalid.class, BridgeConfigFile.interpret(all)).faults();
            assertTrue(faults.stream().allMatch(fault -> fault.startsWith("tls.trust.store")), faults.toString());
        }
    }

    @Test
    void everySettingHasItsKey() {
        BridgeConfig config = valid(Map.ofEntries(
                Map.entry("message.max.octets", "2048"),
                Map.entry("rate.messages.per.second", "1"),
                Map.entry("rate.burst", "2"),
                Map.entry("connections.per.device", "3"),
                Map.entry("in.flight.per.connection", "4"),
                Map.entry("in.flight.per.node", "5"),
                Map.entry("delivery.in.flight.per.node", "6"),
                Map.entry("record.timeout.milliseconds", "1000"),
                Map.entry("record.linger.milliseconds", "7"),
                Map.entry("disconnect.jitter.milliseconds", "8"),
                Map.entry("circuit.pause.milliseconds", "900"),
                Map.entry("topics.interval.milliseconds", "1001"),
                Map.entry("kafka.security.protocol", "SASL_SSL")));

        assertEquals(new BridgeConfig.Limits(2048, 1, 2, 3, 4, 5, 6), config.limits());
        assertEquals(
                new BridgeConfig.Timing(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(7),
                        Duration.ofMillis(8),
                        Duration.ofMillis(900),
                        Duration.ofMillis(1001)),
                config.timing());
        assertEquals("SASL_SSL", config.kafka().get("security.protocol"));
    }

    @Test
    void theHeldPubackOutlivesWhateverClosesItsConnectionFirst() {
        BridgeConfig.Timing timing = valid(Map.of()).timing();

        assertTrue(timing.stalled().compareTo(timing.record()) > 0);
        assertTrue(timing.heldAtMost().compareTo(timing.stalled().plus(timing.disconnectJitter())) > 0);
    }

    @Test
    void eachFaultIsASentenceWithItsKeyAndRemedy() {
        assertFault(Map.of("node.name", "a b"), "node.name is missing or malformed: give this node a name");
        assertFault(Map.of("node.name", ""), "node.name is missing");
        assertFault(Map.of("node.name.file", "/nowhere"), "set either node.name or node.name.file");
        assertFault(Map.of("node.name", "", "node.name.file", "/nowhere"), "node.name.file cannot be read");
        assertFault(Map.of("credential.pepper", "00ff"), "use at least 32 octets in hexadecimal");
        assertFault(Map.of("credential.pepper", "secret, not hexadecimal"), "credential.pepper is not a pepper");
        assertFault(Map.of("credential.pepper", ""), "set either credential.pepper or credential.pepper.file");
        assertFault(Map.of("credential.pepper.file", "/nowhere"), "and not both");
        assertFault(
                Map.of("credential.pepper", "", "credential.pepper.file", "/nowhere"),
                "credential.pepper.file cannot be read");
        assertFault(Map.of("kafka.bootstrap.servers", ""), "kafka.bootstrap.servers is missing");
        assertFault(Map.of("kafka.acks", "1"), "kafka.acks is not yours to set");
        assertFault(Map.of("kafka.max.block.ms", "1"), "kafka.max.block.ms is not yours to set");
        assertFault(Map.of("rate.burst", "many"), "rate.burst is not a number in its range: use 1 to 1000000");
        assertFault(Map.of("rate.burst", "0"), "rate.burst is not a number in its range");
        assertFault(Map.of("rate.brust", "50"), "rate.brust is no setting of this extension");
    }

    @Test
    void allFaultsAreSaidAtOnceAndNoneTellsThePepper() {
        Invalid invalid = assertInstanceOf(
                Invalid.class, BridgeConfigFile.interpret(Map.of("credential.pepper", "topsecret", "x", "y")));

        assertEquals(4, invalid.faults().size());
        assertTrue(invalid.faults().stream().noneMatch(fault -> fault.contains("topsecret")));
    }

    @Test
    void thePepperMayLieInAFileOfItsOwn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pepper"), PEPPER + "\n");

        assertEquals(
                PEPPER,
                valid(Map.of("credential.pepper", "", "credential.pepper.file", file.toString()))
                        .pepper()
                        .toHex());
    }

    @Test
    void theNodesNameMayLieInAFileOfItsOwn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("name"), "godwit-hivemq-0");

        assertEquals(
                "godwit-hivemq-0",
                valid(Map.of("node.name", "", "node.name.file", file.toString()))
                        .node());

        Files.writeString(file, "no name");
        assertFault(
                Map.of("node.name", "", "node.name.file", file.toString()),
                "node.name.file is missing or malformed: give this node a name");
    }

    @Test
    void aMissingFileSaysWhereItBelongs(@TempDir Path folder) throws IOException {
        Invalid invalid = assertInstanceOf(Invalid.class, BridgeConfigFile.read(folder));
        assertTrue(invalid.faults().get(0).contains("conf/godwit.properties cannot be read"));

        Files.createDirectories(folder.resolve("conf"));
        Files.write(
                folder.resolve("conf/godwit.properties"),
                List.of("node.name = n", "credential.pepper = " + PEPPER, "kafka.bootstrap.servers = h:1"));
        assertInstanceOf(Valid.class, BridgeConfigFile.read(folder));
    }

    private static BridgeConfig valid(Map<String, String> settings) {
        return assertInstanceOf(Valid.class, BridgeConfigFile.interpret(with(settings)))
                .config();
    }

    private static void assertFault(Map<String, String> settings, String sentence) {
        Invalid invalid = assertInstanceOf(Invalid.class, BridgeConfigFile.interpret(with(settings)));
        assertEquals(1, invalid.faults().size(), invalid.faults()::toString);
        assertTrue(invalid.faults().get(0).contains(sentence), invalid.faults()::toString);
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "node.name", "broker-1", "credential.pepper", PEPPER, "kafka.bootstrap.servers", "localhost:9092"));
        all.putAll(settings);
        return all;
    }
}
