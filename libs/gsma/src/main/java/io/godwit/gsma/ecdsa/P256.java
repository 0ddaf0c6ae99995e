package io.godwit.gsma.ecdsa;

import io.godwit.protocol.Octets;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** The curve NIST P-256, secp256r1 (FIPS 186-5, SEC 2 section 2.4.2): y^2 = x^3 - 3x + b modulo p, of prime order n. */
final class P256 {
    /** Octets of a coordinate and of a scalar. */
    static final int SIZE = 32;

    /** Octets of an uncompressed point: 04, X, Y. */
    static final int POINT_SIZE = 1 + 2 * SIZE;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
    private static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();
    private static final BigInteger A = CURVE.getCurve().getA().toBigInteger();
    private static final BigInteger B = CURVE.getCurve().getB().toBigInteger();

    /** The order of the group, a number of exactly 32 octets. */
    static final BigInteger N = CURVE.getN();

    private static final Octets ORDER = fixed(N);
    private static final Octets ZERO = Octets.of(new byte[SIZE]);

    private P256() {}

    /** Whether {@code point} is 04, X, Y with both coordinates below p and on the curve; the cofactor is 1. */
    static boolean isPoint(Octets point) {
        if (point.length() != POINT_SIZE || point.at(0) != 0x04) {
            return false;
        }
        BigInteger x = x(point);
        BigInteger y = y(point);
        if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x).add(A).multiply(x).add(B).mod(P);
        return y.multiply(y).mod(P).equals(right);
    }

    /** Whether {@code scalar} is 32 octets and a number from 1 to n - 1. */
    static boolean isScalar(Octets scalar) {
        return scalar.length() == SIZE && !scalar.equals(ZERO) && scalar.compareTo(ORDER) < 0;
    }

    /** The point {@code scalar} times the generator, uncompressed. */
    static Octets multiplyGenerator(Octets scalar) {
        ECPoint point = CURVE.getG().multiply(number(scalar)).normalize();
        return Octets.of(point.getEncoded(false));
    }

    static BigInteger x(Octets point) {
        return number(point.slice(1, 1 + SIZE));
    }

    static BigInteger y(Octets point) {
        return number(point.from(1 + SIZE));
    }

    static BigInteger number(Octets octets) {
        return new BigInteger(1, octets.toBytes());
    }

    /**
     * {@code number} as 32 octets with leading zeros.
     *
     * @throws IllegalArgumentException when it is negative or has more
     */
    static Octets fixed(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 8 * SIZE) {
            throw new IllegalArgumentException("number: at most 32 octets expected");
        }
        byte[] shortest = number.toByteArray();
        byte[] fixed = new byte[SIZE];
        int length = Math.min(shortest.length, SIZE);
        System.arraycopy(shortest, shortest.length - length, fixed, SIZE - length, length);
        return Octets.of(fixed);
    }
}
