package io.godwit.gsma.ecdsa;

import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.security.SignatureException;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** How a provider writes a signature down; on the wire it is always r and s, 32 octets each. */
enum SignatureForm {
    /** As on the wire (IEEE P1363). */
    P1363("SHA256withECDSAinP1363Format") {
        @Override
        byte[] fromPlain(Octets signature) {
            return signature.toBytes();
        }

        @Override
        Octets toPlain(byte[] signature) {
            return Octets.of(signature);
        }
    },
    /** A DER sequence of two integers (RFC 3279 section 2.2.3); k is derived from key and message (RFC 6979). */
    DETERMINISTIC_DER("SHA256withECDDSA") {
        @Override
        byte[] fromPlain(Octets signature) throws SignatureException {
            try {
                return StandardDSAEncoding.INSTANCE.encode(
                        P256.N, P256.number(signature.slice(0, P256.SIZE)), P256.number(signature.from(P256.SIZE)));
            } catch (java.io.IOException notInRange) {
                throw new SignatureException("r or s is out of range", notInRange);
            }
        }

        @Override
        Octets toPlain(byte[] signature) throws SignatureException {
            try {
                BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(P256.N, signature);
                return P256.fixed(rs[0]).plus(P256.fixed(rs[1]));
            } catch (java.io.IOException notDer) {
                throw new SignatureException("not a DER signature", notDer);
            }
        }
    };

    private final String algorithm;

    SignatureForm(String algorithm) {
        this.algorithm = algorithm;
    }

    String algorithm() {
        return algorithm;
    }

    abstract byte[] fromPlain(Octets signature) throws SignatureException;

    abstract Octets toPlain(byte[] signature) throws SignatureException;
}
