package io.godwit.gsma.ecdsa;

import io.godwit.protocol.Octets;

/** How a provider writes a signature down; on the wire it is always r and s, 32 octets each. */
enum SignatureForm {
    /** As on the wire (IEEE P1363). */
    P1363("SHA256withECDSAinP1363Format") {
        @Override
        Octets fromPlain(Octets signature) {
            return signature;
        }

        @Override
        Octets toPlain(Octets signature) {
            return signature;
        }
    },
    /** As in X.509; k is derived from key and message (RFC 6979). */
    DETERMINISTIC_DER("SHA256withECDDSA") {
        @Override
        Octets fromPlain(Octets signature) {
            return DerSignature.ofPlain(signature);
        }

        @Override
        Octets toPlain(Octets signature) {
            return DerSignature.toPlain(signature);
        }
    };

    private final String algorithm;

    SignatureForm(String algorithm) {
        this.algorithm = algorithm;
    }

    String algorithm() {
        return algorithm;
    }

    abstract Octets fromPlain(Octets signature);

    abstract Octets toPlain(Octets signature);
}
