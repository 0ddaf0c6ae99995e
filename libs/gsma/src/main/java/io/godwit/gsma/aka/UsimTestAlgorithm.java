package io.godwit.gsma.aka;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/**
 * The algorithm of test USIMs (TS 34.108 section 8.1.2): K xor RAND, cut in different places. Whoever has seen one challenge
 * and its answer knows K. It is here because the test profiles of GSMA TS.48 have it.
 *
 * @param key K
 * @param resLength octets of RES, 4 to 16
 */
public record UsimTestAlgorithm(SecretOctets key, int resLength) implements AkaFunctions {
    /** The value of AMF at which a test USIM asks for resynchronisation whatever the sequence number (section 8.1.2.2). */
    public static final Octets AMF_RESYNCH = Octets.fromHex("ffff");

    private static final int KEY = 16;
    private static final int MAC = 8;
    private static final int AK_AT = 3;
    private static final int AK = 6;

    /** @throws IllegalArgumentException when a length is out of range */
    public UsimTestAlgorithm {
        if (key.length() != KEY || resLength < 4 || resLength > KEY) {
            throw new IllegalArgumentException("test algorithm: 16 octets of K, 4 to 16 of RES expected");
        }
    }

    @Override
    public Octets f1(Octets rand, Sqn sqn, Octets amf) {
        Bits.require(amf, AMF, "amf");
        return Bits.xor(xdout(rand).slice(0, MAC), sqn.toOctets().plus(amf));
    }

    @Override
    public Octets f1Star(Octets rand, Sqn sqn, Octets amf) {
        return f1(rand, sqn, amf);
    }

    @Override
    public Derived f2345(Octets rand) {
        Octets xdout = xdout(rand);
        return new Derived(
                xdout.slice(0, resLength),
                SecretOctets.copyOf(Bits.rotatedLeft(xdout, 8)),
                SecretOctets.copyOf(Bits.rotatedLeft(xdout, 16)),
                f5Star(rand));
    }

    @Override
    public Octets f5Star(Octets rand) {
        return xdout(rand).slice(AK_AT, AK_AT + AK);
    }

    private Octets xdout(Octets rand) {
        Bits.require(rand, RAND, "rand");
        return Bits.xor(key.reveal(), rand);
    }
}
