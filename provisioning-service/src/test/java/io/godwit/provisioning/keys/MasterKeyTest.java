package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    private static final Octets KIC = Octets.fromHex("8dff72da6be272f3167181b7e6821cf3");
    private static final Octets KID = Octets.fromHex("3a59ff4a4f0923db83c770d31db681be");

    @TempDir
    Path folder;

    @Test
    void aWrappedKeyOpensUnderItsBindingOnly() throws IOException {
        MasterKey master = FileMasterKey.read(file(Octets.of(new byte[32]).toBase64()));
        SecretOctets secret = AesGcm.newKey();
        Octets wrapped = master.wrap(secret, "tenant-key/a");
        assertEquals(secret, master.unwrap(wrapped, "tenant-key/a"));
        assertNotEquals(wrapped, master.wrap(secret, "tenant-key/a"));
        assertThrows(UnwrapException.class, () -> master.unwrap(wrapped, "tenant-key/b"));
        byte[] changed = wrapped.toBytes();
        changed[20] ^= 1;
        assertThrows(UnwrapException.class, () -> master.unwrap(Octets.of(changed), "tenant-key/a"));
        assertThrows(UnwrapException.class, () -> master.unwrap(Octets.EMPTY, "tenant-key/a"));
    }

    @Test
    void aCardsKeysOpenForThatCardOnly() {
        DataKey key =
                new DataKey(new TenantKeyRing(new TenantId("a"), new TenantKeyRing.Numbered(1, AesGcm.newKey()), null));
        Octets wrapped = key.wrap(new Nid("n1"), Scp80Keys.of(3, KIC, KID));
        Scp80Keys keys = key.unwrap(new Nid("n1"), 3, wrapped);
        assertEquals(KIC, keys.kic().reveal());
        assertEquals(KID, keys.kid().reveal());
        assertThrows(UnwrapException.class, () -> key.unwrap(new Nid("n2"), 3, wrapped));
        assertThrows(UnwrapException.class, () -> key.unwrap(new Nid("n1"), 4, wrapped));
        keys.destroy();
        assertTrue(keys.isDestroyed());
    }

    @Test
    void aMissingOrBrokenKeyFileStopsTheStartWithASentence() throws IOException {
        String missing = assertThrows(IllegalStateException.class, () -> FileMasterKey.read(folder.resolve("none")))
                .getMessage();
        assertTrue(missing.contains("godwit.keys.master-key-file"), missing);
        Path brief = file("AAAA");
        assertThrows(IllegalStateException.class, () -> FileMasterKey.read(brief));
        Path strange = file("secret!");
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> FileMasterKey.read(strange));
        assertFalse(String.valueOf(failure.getMessage()).contains("secret"));
    }

    private Path file(String content) throws IOException {
        Path file = Files.createTempFile(folder, "master", ".key");
        return Files.writeString(file, content + "\n");
    }
}
