package io.godwit.local.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.access.Credentials;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformHomeTest {
    @TempDir
    Path folder;

    @Test
    void theFolderIsItsOwnersAlone() throws IOException {
        Path home = PlatformHome.open(folder.resolve("new")).root();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
    }

    @Test
    void aFileInThePlaceOfTheFolderIsToldWithARemedy() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        PlatformException problem = assertThrows(PlatformException.class, () -> PlatformHome.open(file));
        assertTrue(problem.remedy().contains("GODWIT_HOME"), problem.getMessage());
    }

    @Test
    void aFullDiskIsToldInMegabytes() {
        PlatformException problem =
                assertThrows(PlatformException.class, () -> PlatformHome.requireSpace(folder, 17_000_000));
        assertTrue(problem.problem().contains("17 MB"), problem.problem());
    }

    @Test
    void aSecretIsMadeOnceAndReadByItsOwnerOnly() throws IOException {
        PlatformHome home = PlatformHome.open(folder);
        String secret = Secrets.of(home).secret("pepper");
        assertEquals(secret, Secrets.of(home).secret("pepper"));
        assertNotEquals(secret, Secrets.of(home).secret("other"));
        assertEquals(32, Base64.getUrlDecoder().decode(secret).length);
        assertTrue(Secrets.of(home).hexadecimal("pepper").matches("[0-9a-f]{64}"));
        Path file = home.file("secrets.properties");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertEquals("Credentials[user=a]", new Credentials("a", "secret").toString());
    }

    @Test
    void dataOfANewerVersionIsRefusedAndOfAnOlderOneTaken() {
        DataVersions versions = DataVersions.of(PlatformHome.open(folder));
        versions.use("kafka", "4.3.1");
        versions.use("kafka", "4.10.0");
        PlatformException problem = assertThrows(PlatformException.class, () -> versions.use("kafka", "4.9.9"));
        assertTrue(problem.problem().contains("4.10.0"), problem.problem());
    }
}
