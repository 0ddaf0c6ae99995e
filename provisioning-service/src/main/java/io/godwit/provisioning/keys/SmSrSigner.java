package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.protocol.Octets;

/** The SM-SR's signature: SK.SR.ECDSA, and the CERT.SR that stands for it. What signs group packages holds this. */
public final class SmSrSigner implements EcdsaSigner {
    private final EcKeyPair pair;
    private final GpCertificate certificate;

    SmSrSigner(EcKeyPair pair, GpCertificate certificate) {
        this.pair = pair;
        this.certificate = certificate;
    }

    /** Sound at the service's start, under one of its trust anchors. */
    public GpCertificate certificate() {
        return certificate;
    }

    @Override
    public EcPublicKey publicKey() {
        return pair.publicKey();
    }

    @Override
    public Octets sign(Octets message) {
        return pair.sign(message);
    }

    @Override
    public String toString() {
        return "SmSrSigner[" + publicKey() + "]";
    }
}
