package io.godwit.gsma.ecdsa;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** A signature as X.509 writes it: a DER sequence of two integers (RFC 3279 section 2.2.3), of up to 72 octets. */
public final class DerSignature {
    private DerSignature() {}

    /**
     * The DER of r and s.
     *
     * @param plain r and s, 32 octets each
     * @throws IllegalArgumentException when r or s is not a number from 1 to n - 1
     */
    public static Octets ofPlain(Octets plain) {
        try {
            BigInteger r = P256.number(plain.slice(0, P256.SIZE));
            BigInteger s = P256.number(plain.from(P256.SIZE));
            return Octets.of(StandardDSAEncoding.INSTANCE.encode(P256.N, r, s));
        } catch (IOException e) {
            throw new IllegalArgumentException("signature: r and s from 1 to n - 1 expected", e);
        }
    }

    /**
     * r and s, 32 octets each.
     *
     * @throws IllegalArgumentException when {@code der} is no such sequence in its one DER form
     */
    public static Octets toPlain(Octets der) {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(P256.N, der.toBytes());
            return P256.fixed(rs[0]).plus(P256.fixed(rs[1]));
        } catch (IOException e) {
            throw new IllegalArgumentException("signature: a DER sequence of r and s expected", e);
        }
    }
}
