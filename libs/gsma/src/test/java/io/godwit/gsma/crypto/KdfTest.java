package io.godwit.gsma.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KdfTest {
    private final Vectors x963 = Vectors.load("x963-kdf.txt");

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "4, false", "5, false", "6, true", "7, true"})
    void x963AgreesWithNist(int number, boolean hasInfo) {
        Octets info = hasInfo ? x963.get("S" + number) : Octets.EMPTY;
        Octets expected = x963.get("K" + number);
        SecretOctets shared = SecretOctets.copyOf(x963.get("Z" + number));
        assertEquals(expected, X963Kdf.derive(shared, info, expected.length()).reveal());
    }

    /** A hash gives 32 octets, and what was not asked for must not be in the result. */
    @Test
    void x963GivesExactlyWhatWasAskedFor() {
        Octets expected = x963.get("K6");
        SecretOctets shared = SecretOctets.copyOf(x963.get("Z6"));
        for (int length = 1; length <= expected.length(); length++) {
            assertEquals(
                    expected.slice(0, length),
                    X963Kdf.derive(shared, x963.get("S6"), length).reveal());
        }
        assertThrows(IllegalArgumentException.class, () -> X963Kdf.derive(shared, Octets.EMPTY, 0));
        assertThrows(IllegalArgumentException.class, () -> X963Kdf.derive(shared, Octets.EMPTY, X963Kdf.MAX + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void x963GivesTheKeysOfABoundProfilePackage(String name) {
        Vectors bsp = Vectors.load("bsp-segments.txt");
        Octets host = bsp.get("first.hostId");
        Octets eid = bsp.get(name + ".eid");
        Octets info = Octets.concat(Octets.ofInts(0x88, 0x10, 0x08), host, Octets.ofInts(0x10), eid);
        SecretOctets shared = SecretOctets.copyOf(bsp.get(name + ".ShS"));
        assertEquals(
                Octets.concat(bsp.get(name + ".mcv"), bsp.get(name + ".S-ENC"), bsp.get(name + ".S-MAC")),
                X963Kdf.derive(shared, info, 48).reveal());
    }

    /** Two blocks are made for 24 and 32 octets; the length goes into each, so that none is the beginning of another. */
    @Test
    void kdf108GivesExactlyWhatWasAskedForByItsDefinition() {
        SecretOctets key = SecretOctets.copyOf(Vectors.load("aes-cmac.txt").get("K192"));
        Octets context = Octets.utf8("two challenges..");
        for (int length : new int[] {8, 16, 24, 32}) {
            Octets before = Octets.of(new byte[11]).plus(Octets.ofInts(0x06, 0x00, length >> 5, 8 * length));
            Octets blocks = AesCmac.of(key, before, Octets.ofInts(1), context)
                    .plus(AesCmac.of(key, before, Octets.ofInts(2), context));
            assertEquals(
                    blocks.slice(0, length),
                    Kdf108.derive(key, 0x06, context, length).reveal());
        }
    }

    @Test
    void nothingElseIsDerivedAndADestroyedKeyGivesNothing() {
        SecretOctets key = SecretOctets.copyOf(Vectors.load("aes-cmac.txt").get("K128"));
        for (int length : new int[] {0, 7, 12, 40}) {
            assertThrows(IllegalArgumentException.class, () -> Kdf108.derive(key, 0, Octets.EMPTY, length));
        }
        assertThrows(IllegalArgumentException.class, () -> Kdf108.derive(key, 256, Octets.EMPTY, 16));
        key.destroy();
        assertThrows(IllegalStateException.class, () -> Kdf108.derive(key, 0, Octets.EMPTY, 16));
        assertThrows(IllegalStateException.class, () -> X963Kdf.derive(key, Octets.EMPTY, 16));
    }
}
