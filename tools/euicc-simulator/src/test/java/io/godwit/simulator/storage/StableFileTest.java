package io.godwit.simulator.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.record.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableFileTest {
    private static final Octets FIRST = Octets.utf8("the first that was saved");
    private static final Octets SECOND = Octets.utf8("second");

    @TempDir
    Path directory;

    private StableFile file;

    @BeforeEach
    void aFile() {
        file = new StableFile(directory.resolve("card"));
    }

    @Test
    void theLastContentIsThere() throws IOException {
        assertEquals(Optional.empty(), file.load());
        for (Octets content : List.of(FIRST, SECOND, FIRST, Octets.EMPTY, SECOND)) {
            file.save(content);
            assertEquals(Optional.of(content), file.load());
            assertEquals(Optional.of(content), new StableFile(directory.resolve("card")).load(), "for another one");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count(), "and no more than two files");
        }
    }

    /** As a process leaves it that is killed in the middle: some octets are the new ones, the others as they were. */
    @Test
    void whatIsHalfWrittenDoesNotHurt() throws IOException {
        Random random = new Random(1);
        file.save(FIRST);
        for (int i = 0; i < 500; i++) {
            Octets before = file.load().orElseThrow();
            byte[] one = octets("card");
            byte[] other = octets("card.twin");
            byte[] content = new byte[random.nextInt(60)];
            random.nextBytes(content);
            file.save(Octets.of(content));
            boolean first = !Arrays.equals(one, octets("card"));
            byte[] old = first ? one : other;
            byte[] whole = octets(first ? "card" : "card.twin");
            int written = random.nextInt(16 + content.length);
            byte[] torn = Arrays.copyOf(whole, Math.max(written, old.length));
            System.arraycopy(
                    old,
                    Math.min(written, old.length),
                    torn,
                    Math.min(written, old.length),
                    Math.max(0, old.length - written));
            Files.write(directory.resolve(first ? "card" : "card.twin"), torn);
            assertEquals(Optional.of(before), file.load(), "at " + written);
            file.save(Octets.of(content));
            assertEquals(Optional.of(Octets.of(content)), file.load());
        }
    }

    private byte[] octets(String name) throws IOException {
        Path path = directory.resolve(name);
        return Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    }

    @Test
    void whatSomebodyElseHasWrittenIsSaid() throws IOException {
        Files.writeString(directory.resolve("card"), "{\"v\":1,\"card\":\"AAAA\"}");
        assertTrue(assertThrows(MalformedRecordException.class, file::load)
                .getMessage()
                .contains("card"));
        assertThrows(MalformedRecordException.class, () -> file.save(FIRST));
    }

    /** As a process leaves it that is killed when it saves for the first time. */
    @Test
    void aFirstSaveThatDidNotEndLeavesNothing() throws IOException {
        Files.write(directory.resolve("card.draft"), new byte[] {0, 0, 0});
        assertEquals(Optional.empty(), file.load());
        file.save(FIRST);
        assertEquals(Optional.of(FIRST), file.load());
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        Path secret = StableFile.privateDirectory(directory.resolve("fleet")).resolve("card");
        StableFile twins = new StableFile(secret);
        twins.save(FIRST);
        twins.save(SECOND);
        for (String name : List.of("card", "card.twin")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.resolveSibling(name))));
        }
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("fleet"))));
    }

    @Test
    void aDiskThatFailsIsSaid() {
        StableFile nowhere = new StableFile(directory.resolve("nowhere/card"));
        assertThrows(IOException.class, () -> nowhere.save(FIRST));
    }
}
