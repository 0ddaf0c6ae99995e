package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.crypto.X963Kdf;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Octets;

/**
 * The ECASD: what the card was born with to agree on keys with a stranger (SGP.02 section 2.2.1.2).
 *
 * @param privateKey SK.ECASD.ECKA, 32 octets
 * @param certificate CERT.ECASD.ECKA
 * @param eumCertificate the X.509 of the EUM that issued it, DER
 * @param ciKey PK.CI.ECDSA, under which the card believes SM-DPs and SM-SRs
 * @param ciKeyId the CI's subject key identifier
 * @param drawn how many random numbers the chip has given so far
 */
public record Ecasd(
        SecretOctets privateKey,
        GpCertificate certificate,
        Octets eumCertificate,
        EcPublicKey ciKey,
        Octets ciKeyId,
        int drawn) {
    private static final int RANDOM = 16;

    /** @throws IllegalArgumentException when {@code privateKey} is not 32 octets or {@code drawn} is negative */
    public Ecasd {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(eumCertificate, "eumCertificate is null");
        requireNonNull(ciKey, "ciKey is null");
        requireNonNull(ciKeyId, "ciKeyId is null");
        if (privateKey.length() != 32) {
            throw new IllegalArgumentException("privateKey: 32 octets expected");
        }
        if (drawn < 0) {
            throw new IllegalArgumentException("drawn: not a negative number expected");
        }
    }

    /** The key to agree with. */
    EcKeyPair key() {
        return EcKeyPair.of(privateKey.reveal());
    }

    /**
     * The chip's next random number, 16 octets. It follows from the chip's secret and its count, so that the same card makes
     * the same of the same event, and nobody else can tell it in advance.
     */
    Octets random() {
        SecretOctets random = X963Kdf.derive(
                privateKey,
                Octets.utf8("random").plus(Octets.ofInts(drawn >> 24, drawn >> 16, drawn >> 8, drawn)),
                RANDOM);
        return random.reveal();
    }

    /**
     * A key pair for one use. It follows from the chip's secret and its count as {@link #random()} does; a scalar that the curve
     * does not have is passed over.
     */
    EcKeyPair ephemeral() {
        Octets scalar;
        int round = 0;
        do {
            scalar = X963Kdf.derive(
                            privateKey,
                            Octets.utf8("ephemeral")
                                    .plus(Octets.ofInts(drawn >> 24, drawn >> 16, drawn >> 8, drawn, round)),
                            EcKeyPair.SIZE)
                    .reveal();
            round++;
        } while (!EcKeyPair.isPrivateKey(scalar));
        return EcKeyPair.of(scalar);
    }

    /** The ECASD after {@link #ephemeral()}, which it does not give again. */
    Ecasd afterEphemeral() {
        return afterRandom();
    }

    /** The ECASD after {@link #random()}, which it does not give again. */
    Ecasd afterRandom() {
        return new Ecasd(privateKey, certificate, eumCertificate, ciKey, ciKeyId, drawn + 1);
    }
}
