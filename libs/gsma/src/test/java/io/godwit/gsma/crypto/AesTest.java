package io.godwit.gsma.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesTest {
    private static final Octets M = Vectors.load("aes-cmac.txt").get("M");
    private static final Octets IV = Octets.fromHex("000102030405060708090a0b0c0d0e0f");

    private static SecretOctets key(String name) {
        return SecretOctets.copyOf(Vectors.load("aes-cmac.txt").get(name));
    }

    /** NIST SP 800-38A, F.1.1, F.1.3 and F.1.5. */
    @ParameterizedTest
    @CsvSource({
        "K128, 3ad77bb40d7a3660a89ecaf32466ef97",
        "K192, bd334f1d6e45f25ff712a214571fa5cc",
        "K256, f3eed1bdb5d2a03c064b5a7e3db181f8"
    })
    void oneBlockAgreesWithNist(String key, String ciphered) {
        assertEquals(ciphered, AesEcb.encryptBlock(key(key), M.slice(0, 16)).toHex());
    }

    /** NIST SP 800-38A, F.2.1 and F.2.2. */
    @Test
    void chainedBlocksAgreeWithNist() {
        Octets ciphered = Octets.fromHex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7");
        assertEquals(ciphered, AesCbc.encrypt(key("K128"), IV, M));
        assertEquals(M, AesCbc.decrypt(key("K128"), IV, ciphered));
    }

    @Test
    void withoutAnInitialValueItIsZeros() {
        Octets zeros = Octets.of(new byte[16]);
        assertEquals(AesCbc.encrypt(key("K128"), zeros, M), AesCbc.encrypt(key("K128"), M));
        assertEquals(AesCbc.decrypt(key("K128"), zeros, M), AesCbc.decrypt(key("K128"), M));
    }

    @Test
    void onlyWholeBlocksGoIn() {
        SecretOctets key = key("K128");
        assertThrows(IllegalArgumentException.class, () -> AesCbc.encrypt(key, IV.slice(0, 15), M));
        assertThrows(IllegalArgumentException.class, () -> AesCbc.decrypt(key, IV, M.slice(0, 17)));
        assertThrows(IllegalArgumentException.class, () -> AesEcb.encryptBlock(key, M));
        assertThrows(IllegalArgumentException.class, () -> AesEcb.encryptBlock(key, M.slice(0, 15)));
    }

    @ParameterizedTest
    @CsvSource({"enc", "mac", "dek"})
    void checkValuesAreThoseOfTheCard(String name) {
        Vectors card = Vectors.load("scp03-card-sessions.txt");
        SecretOctets key = SecretOctets.copyOf(card.get("AES128." + name));
        assertEquals(card.get("AES128." + name + ".kcv"), KeyCheckValue.of(key));
    }

    @Test
    void aSecretIsTakenOverAndCut() {
        byte[] bytes = IV.toBytes();
        SecretOctets secret = SecretOctets.wiping(bytes);
        assertEquals(Octets.of(new byte[16]), Octets.of(bytes));
        SecretOctets part = secret.slice(4, 12);
        SecretOctets copy = secret.copy();
        assertThrows(IndexOutOfBoundsException.class, () -> secret.slice(4, 17));
        secret.destroy();
        assertEquals(IV.slice(4, 12), part.reveal());
        assertEquals(IV, copy.reveal());
        assertThrows(IllegalStateException.class, () -> secret.slice(0, 1));
        assertThrows(IllegalStateException.class, () -> AesEcb.encryptBlock(secret, IV));
        assertThrows(IllegalStateException.class, () -> KeyCheckValue.of(secret));
    }
}
