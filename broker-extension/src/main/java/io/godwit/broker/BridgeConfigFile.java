package io.godwit.broker;

import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code conf/godwit.properties}: every fault at once, each with its key and what to do about it. */
public final class BridgeConfigFile {
    private static final String KAFKA = "kafka.";
    private static final int MIN_PEPPER_OCTETS = 32;
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What the guarantees of the bridge rest on; nobody may set them to something else. */
    private static final Set<String> OURS = Set.of(
            "acks",
            "enable.idempotence",
            "max.in.flight.requests.per.connection",
            "retries",
            "max.block.ms",
            "delivery.timeout.ms",
            "request.timeout.ms",
            "linger.ms",
            "transactional.id",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer",
            "partitioner.class",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "isolation.level",
            "metadata.max.idle.ms");

    private final Map<String, String> given;
    private final Set<String> known = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private BridgeConfigFile(Map<String, String> given) {
        this.given = given;
    }

    /** What reading came to. */
    public sealed interface Reading {}

    /** The extension may start. */
    public record Valid(BridgeConfig config) implements Reading {}

    /** The extension must not start; each fault is a sentence. */
    public record Invalid(List<String> faults) implements Reading {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /** Reads the file below the extension's home. */
    public static Reading read(Path extensionHome) {
        Path file = extensionHome.resolve("conf").resolve("godwit.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return new Invalid(List.of(file
                    + " cannot be read (" + e.getClass().getSimpleName()
                    + "): copy godwit.properties.example beside it to that name and fill it in."));
        }
        Map<String, String> given = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> given.put(name, properties.getProperty(name).strip()));
        return interpret(given);
    }

    /** The settings that {@code given} makes, or what is wrong with it. */
    public static Reading interpret(Map<String, String> given) {
        return new BridgeConfigFile(new TreeMap<>(given)).interpret();
    }

    private Reading interpret() {
        String node = node();
        Octets pepper = pepper();
        Map<String, String> kafka = kafka();
        BridgeConfig.Limits limits = new BridgeConfig.Limits(
                number("message.max.octets", RspMessageCodec.DEFAULT_MAX_OCTETS, 1024, 1024 * 1024 - 4096),
                number("rate.messages.per.second", 20, 1, 1_000_000),
                number("rate.burst", 50, 1, 1_000_000),
                number("connections.per.device", 5, 1, 1000),
                number("in.flight.per.connection", 200, 1, 65_535),
                number("in.flight.per.node", 20_000, 1, 10_000_000),
                number("delivery.in.flight.per.node", 2_000, 1, 1_000_000));
        BridgeConfig.Timing timing = new BridgeConfig.Timing(
                milliseconds("record.timeout.milliseconds", 10_000, 1_000, 120_000),
                milliseconds("record.linger.milliseconds", 5, 0, 100),
                milliseconds("disconnect.jitter.milliseconds", 5_000, 0, 60_000),
                milliseconds("circuit.pause.milliseconds", 5_000, 100, 600_000),
                milliseconds("topics.interval.milliseconds", 2_000, 100, 600_000));
        Optional<BridgeConfig.TrustStore> trustStore = trustStore();
        for (String name : given.keySet()) {
            if (!known.contains(name) && !name.startsWith(KAFKA)) {
                faults.add(name + " is no setting of this extension: remove it or correct its spelling.");
            }
        }
        return faults.isEmpty()
                ? new Valid(new BridgeConfig(node, pepper, kafka, limits, timing, trustStore))
                : new Invalid(faults);
    }

    private String node() {
        String inline = text("node.name");
        String file = text("node.name.file");
        if (!inline.isEmpty() && !file.isEmpty()) {
            faults.add("node.name: set either node.name or node.name.file, and not both.");
            return inline;
        }
        String node;
        try {
            node = file.isEmpty() ? inline : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            faults.add("node.name.file cannot be read: let the broker's user read " + file + ".");
            return "";
        }
        if (!NODE.matcher(node).matches()) {
            faults.add((file.isEmpty() ? "node.name" : "node.name.file")
                    + " is missing or malformed: give this node a name of 1 to 64 letters, digits, '.', '_' or"
                    + " '-' that no other node has.");
        }
        return node;
    }

    private Octets pepper() {
        String inline = text("credential.pepper");
        String file = text("credential.pepper.file");
        if (inline.isEmpty() == file.isEmpty()) {
            faults.add("credential.pepper: set either credential.pepper or credential.pepper.file, and not both.");
            return Octets.EMPTY;
        }
        try {
            Octets pepper = Octets.fromHex(
                    file.isEmpty() ? inline : Files.readString(Path.of(file)).strip());
            if (pepper.length() >= MIN_PEPPER_OCTETS) {
                return pepper;
            }
        } catch (IOException e) {
            faults.add("credential.pepper.file cannot be read: let the broker's user read " + file + ".");
            return Octets.EMPTY;
        } catch (IllegalArgumentException e) {
            // Not hexadecimal: said below, without the value.
        }
        faults.add((file.isEmpty() ? "credential.pepper" : "credential.pepper.file") + " is not a pepper: use at least "
                + MIN_PEPPER_OCTETS + " octets in hexadecimal, the same as in registry-service.");
        return Octets.EMPTY;
    }

    private Optional<BridgeConfig.TrustStore> trustStore() {
        String file = text("tls.trust.store.file");
        String password = text("tls.trust.store.password");
        if (file.isEmpty() != password.isEmpty()) {
            faults.add("tls.trust.store: set both tls.trust.store.file and tls.trust.store.password, or neither.");
        }
        if (file.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(file);
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            faults.add("tls.trust.store.file cannot be replaced: let the broker's user write into the folder of " + file
                    + ".");
        }
        return Optional.of(new BridgeConfig.TrustStore(path, password));
    }

    private Map<String, String> kafka() {
        Map<String, String> kafka = new TreeMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(KAFKA)) {
                kafka.put(name.substring(KAFKA.length()), value);
            }
        });
        if (kafka.getOrDefault("bootstrap.servers", "").isEmpty()) {
            faults.add("kafka.bootstrap.servers is missing: name Kafka's host:port, several separated by commas.");
        }
        for (String name : kafka.keySet()) {
            if (OURS.contains(name)) {
                faults.add(
                        KAFKA + name + " is not yours to set, because the bridge's guarantees rest on it: remove it.");
            }
        }
        return kafka;
    }

    private String text(String name) {
        known.add(name);
        return given.getOrDefault(name, "");
    }

    private int number(String name, int byDefault, int least, int most) {
        String text = text(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        faults.add(name + " is not a number in its range: use " + least + " to " + most + ", or remove it for "
                + byDefault + ".");
        return byDefault;
    }

    private Duration milliseconds(String name, int byDefault, int least, int most) {
        return Duration.ofMillis(number(name, byDefault, least, most));
    }
}
