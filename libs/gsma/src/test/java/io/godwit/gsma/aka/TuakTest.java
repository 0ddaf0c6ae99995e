package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TuakTest {
    private final Vectors vectors = Vectors.load("tuak.txt");

    static IntStream sets() {
        return IntStream.rangeClosed(1, 6);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void agreesWithTheConformanceTestData(int set) {
        Tuak.Lengths lengths =
                new Tuak.Lengths(length(set + ".f1"), length(set + ".f2"), length(set + ".f3"), length(set + ".f4"));
        Tuak tuak = Tuak.withTop(
                key(set + ".K"),
                key(set + ".TOP"),
                vectors.get(set + ".iterations").at(0),
                lengths);
        Octets rand = vectors.get(set + ".RAND");
        Octets amf = vectors.get(set + ".AMF");
        Sqn sqn = Sqn.of(vectors.get(set + ".SQN"));

        AkaFunctions.Derived derived = tuak.f2345(rand);

        assertEquals(key(set + ".TOPc"), tuak.topc());
        assertEquals(vectors.get(set + ".f1"), tuak.f1(rand, sqn, amf));
        assertEquals(vectors.get(set + ".f1*"), tuak.f1Star(rand, sqn, amf));
        assertEquals(vectors.get(set + ".f2"), derived.res());
        assertEquals(vectors.get(set + ".f3"), derived.ck().reveal());
        assertEquals(vectors.get(set + ".f4"), derived.ik().reveal());
        assertEquals(vectors.get(set + ".f5"), derived.ak());
        assertEquals(vectors.get(set + ".f5*"), tuak.f5Star(rand));
    }

    @Test
    void lengthsThatTheSpecificationDoesNotHaveAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tuak.Lengths(4, 8, 16, 16));
        assertThrows(IllegalArgumentException.class, () -> Tuak.Lengths.withRes(12));
        assertThrows(
                IllegalArgumentException.class, () -> new Tuak(key("1.K"), key("1.K"), 1, Tuak.Lengths.withRes(8)));
        assertThrows(
                IllegalArgumentException.class, () -> new Tuak(key("1.K"), key("1.TOPc"), 0, Tuak.Lengths.withRes(8)));
    }

    private int length(String name) {
        return vectors.get(name).length();
    }

    private SecretOctets key(String name) {
        return SecretOctets.copyOf(vectors.get(name));
    }
}
