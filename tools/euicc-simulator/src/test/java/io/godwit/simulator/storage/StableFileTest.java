package io.godwit.simulator.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.protocol.Octets;
import io.godwit.simulator.storage.StableFile.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StableFileTest {
    private static final Octets FIRST = Octets.utf8("first");
    private static final Octets SECOND = Octets.utf8("second");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theLastContentIsThere(Durability durability) throws IOException {
        StableFile file = new StableFile(directory.resolve("card"), durability);
        assertEquals(Optional.empty(), file.load());
        file.save(FIRST);
        file.save(SECOND);
        assertEquals(Optional.of(SECOND), file.load());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("card")), files.toList());
        }
    }

    @Test
    void aHalfWrittenSuccessorDoesNotHurt() throws IOException {
        StableFile file = new StableFile(directory.resolve("card"), Durability.PROCESS);
        file.save(FIRST);
        Files.writeString(directory.resolve("card.draft"), "sec");
        assertEquals(Optional.of(FIRST), file.load());
        file.save(SECOND);
        assertEquals(Optional.of(SECOND), file.load());
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        Path secret = StableFile.privateDirectory(directory.resolve("fleet")).resolve("card");
        new StableFile(secret, Durability.PROCESS).save(FIRST);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("fleet"))));
    }

    @Test
    void aDiskThatFailsIsSaid() {
        StableFile nowhere = new StableFile(directory.resolve("nowhere/card"), Durability.PROCESS);
        assertThrows(IOException.class, () -> nowhere.save(FIRST));
    }
}
