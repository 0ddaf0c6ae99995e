package io.godwit.gsma.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
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
