package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MilenageTest {
    private final Vectors vectors = Vectors.load("milenage.txt");

    static IntStream sets() {
        return IntStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void agreesWithTheConformanceTestData(int set) {
        Milenage milenage = Milenage.withOp(key(set + ".K"), key(set + ".OP"));
        Octets rand = vectors.get(set + ".RAND");
        Octets amf = vectors.get(set + ".AMF");
        Sqn sqn = Sqn.of(vectors.get(set + ".SQN"));

        AkaFunctions.Derived derived = milenage.f2345(rand);

        assertEquals(key(set + ".OPc"), milenage.opc());
        assertEquals(vectors.get(set + ".f1"), milenage.f1(rand, sqn, amf));
        assertEquals(vectors.get(set + ".f1*"), milenage.f1Star(rand, sqn, amf));
        assertEquals(vectors.get(set + ".f2"), derived.res());
        assertEquals(vectors.get(set + ".f3"), derived.ck().reveal());
        assertEquals(vectors.get(set + ".f4"), derived.ik().reveal());
        assertEquals(vectors.get(set + ".f5"), derived.ak());
        assertEquals(vectors.get(set + ".f5*"), milenage.f5Star(rand));
    }

    /** The default constants are a case of those that an operator gives; with r = 0 and c = 0 f3 and f2 are halves of one block. */
    @Test
    void otherConstantsTellTheFunctionsApartInAnotherWay() {
        Milenage.Constants alike =
                new Milenage.Constants(List.of(64, 0, 0, 0, 0), List.of(zeros(), zeros(), zeros(), zeros(), zeros()));
        Milenage milenage = new Milenage(key("1.K"), key("1.OPc"), alike);

        AkaFunctions.Derived derived = milenage.f2345(vectors.get("1.RAND"));

        assertEquals(derived.res(), derived.ck().reveal().from(8));
        assertEquals(derived.ck(), derived.ik());
        assertEquals(derived.ak(), milenage.f5Star(vectors.get("1.RAND")));
    }

    @Test
    void bitsAreRotatedAcrossOctets() {
        assertEquals(Octets.fromHex("02468ace"), Bits.rotatedLeft(Octets.fromHex("01234567"), 1));
        assertEquals(Octets.fromHex("34567012"), Bits.rotatedLeft(Octets.fromHex("01234567"), 12));
        assertEquals(Octets.fromHex("67012345"), Bits.rotatedLeft(Octets.fromHex("01234567"), 24));
        assertEquals(Octets.fromHex("01234567"), Bits.rotatedLeft(Octets.fromHex("01234567"), 0));
    }

    @Test
    void whatIsOfAnotherLengthIsRefused() {
        Milenage milenage = new Milenage(key("1.K"), key("1.OPc"));
        assertThrows(IllegalArgumentException.class, () -> milenage.f2345(Octets.fromHex("00")));
        assertThrows(IllegalArgumentException.class, () -> milenage.f1(zeros(), Sqn.ZERO, zeros()));
        assertThrows(IllegalArgumentException.class, () -> new Milenage(key("1.SQN"), key("1.OPc")));
        assertThrows(IllegalArgumentException.class, () -> Milenage.Constants.of(zeros(), zeros()));
    }

    private static Octets zeros() {
        return Octets.of(new byte[16]);
    }

    private SecretOctets key(String name) {
        return SecretOctets.copyOf(vectors.get(name));
    }
}
