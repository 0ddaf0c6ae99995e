package io.godwit.gsma.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesCmacTest {
    private final Vectors vectors = Vectors.load("aes-cmac.txt");

    @ParameterizedTest
    @CsvSource({"K128", "K192", "K256"})
    void agreesWithNist(String key) {
        SecretOctets secret = SecretOctets.copyOf(vectors.get(key));
        for (int n : new int[] {0, 16, 40, 64}) {
            Octets message = vectors.get("M").slice(0, n);
            assertEquals(vectors.get(key + "." + n), AesCmac.of(secret, message), key + " over " + n);
            assertEquals(vectors.get(key + "." + n), AesCmac.of(secret, message.slice(0, n / 3), message.from(n / 3)));
        }
    }

    @Test
    void agreesWithAnotherImplementationAtEveryLength() {
        Random random = new Random(1);
        for (int length = 0; length <= 700; length++) {
            byte[] key = new byte[16 + 8 * (length % 3)];
            byte[] message = new byte[length];
            random.nextBytes(key);
            random.nextBytes(message);
            CMac other = new CMac(AESEngine.newInstance());
            other.init(new KeyParameter(key));
            other.update(message, 0, length);
            byte[] expected = new byte[16];
            other.doFinal(expected, 0);
            assertEquals(
                    Octets.of(expected),
                    AesCmac.of(SecretOctets.copyOf(Octets.of(key)), Octets.of(message)),
                    length + " octets");
        }
    }

    @Test
    void aKeyTellsNothingOfItselfAndCanBeWiped() {
        SecretOctets key = SecretOctets.copyOf(vectors.get("K128"));
        SecretOctets same = SecretOctets.copyOf(vectors.get("K128"));
        assertEquals(key, same);
        assertFalse(key.toString().contains("2b7e"));
        key.destroy();
        assertNotEquals(key, same);
        assertThrows(IllegalStateException.class, key::reveal);
        assertThrows(IllegalStateException.class, key::toAesKey);
    }
}
