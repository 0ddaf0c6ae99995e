package io.godwit.system.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Each file of a platform's home: logs and outputs of all processes, the fleets' too, and the files of PostgreSQL, Kafka and HiveMQ
 * themselves, in which rows and records lie that are deleted by now, or were written by a transaction that was given up.
 */
public record HomeFiles(Path home) implements Source {
    /** Where secrets belong. Nothing else is passed over. */
    static final List<Pattern> RIGHTFUL = Stream.of(
                    // Passwords and peppers of the local platform, the master key, the key that signs tokens.
                    "secrets\\.properties",
                    "master\\.key",
                    "token-key\\.pkcs8",
                    // The private keys of the test PKI, as an HSM would have them.
                    "pki/[a-z-]+\\.key\\.pem",
                    // What servers are configured with: Kafka's password, and the extension's, its pepper and that of
                    // its
                    // trust store; the password of the TLS listener's.
                    "kafka/server\\.properties",
                    "hivemq[0-9-]*/extensions/[a-z-]+/conf/godwit\\.properties",
                    "hivemq[0-9-]*/conf/config\\.xml",
                    // The cards, their devices' credentials, and the carrier's own copy of its subscriptions.
                    "fleets/[0-9]+/cards/[0-9]{32}\\.(device|credential)(\\.twin)?",
                    "fleets/[0-9]+/subscribers\\.ndjson",
                    "fleets/[0-9]+/[^/]+\\.secret")
            .map(Pattern::compile)
            .toList();

    @Override
    public String kind() {
        return "files";
    }

    @Override
    public void pour(Sink sink) throws IOException {
        for (Path file : files()) {
            String name = home.relativize(file).toString();
            if (RIGHTFUL.stream().noneMatch(rightful -> rightful.matcher(name).matches())) {
                pour(file, name, sink);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void pour(Path file, String name, Sink sink) throws IOException {
        try (InputStream octets = Files.newInputStream(file)) {
            sink.take(name, octets);
        } catch (NoSuchFileException e) {
            // The databases at work have done away with it.
        }
    }
}
