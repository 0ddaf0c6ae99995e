package io.godwit.gsma.testing;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The test profiles of GSMA TS.48, which are not in this repository: the {@code *.der} files of the folder that the system
 * property {@code godwit.profiles} names. Where there is none, the test that asks is skipped.
 */
public final class RealProfiles {
    private static final String PROPERTY = "godwit.profiles";
    private static final Path BESIDE_THE_REPOSITORY = Path.of("shared", "domain", "profiles");

    private RealProfiles() {}

    /** The packages by file name. */
    public static Map<String, Octets> all() {
        Path folder = folder();
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "skipped: no GSMA TS.48 profiles at " + folder + "; name their folder with -D" + PROPERTY);
        Map<String, Octets> packages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> der =
                    files.filter(file -> file.toString().endsWith(".der")).toList();
            for (Path file : der) {
                packages.put(file.getFileName().toString(), Octets.of(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Assumptions.assumeFalse(packages.isEmpty(), "skipped: no *.der in " + folder);
        return packages;
    }

    /** The newest of them. */
    public static Octets newest() {
        return all().entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains("V7.0") && entry.getKey().contains("_BERTLV"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("skipped: no TS.48 version 7 with BER-TLV"));
    }

    private static Path folder() {
        String named = System.getProperty(PROPERTY);
        return named != null
                ? Path.of(named)
                : Path.of("").toAbsolutePath().resolve("../../..").normalize().resolve(BESIDE_THE_REPOSITORY);
    }
}
