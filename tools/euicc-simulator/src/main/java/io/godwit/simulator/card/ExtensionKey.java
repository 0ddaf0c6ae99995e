package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;

/**
 * The signing key of a card's group extension, which its EUM has certified.
 *
 * @param version of the extension, 1 to 255
 * @param privateKey 32 octets, a scalar of P-256
 * @param certificate CERT.EXTENSION of that key
 * @param eumCertificate the X.509 of the EUM that issued it, DER
 */
public record ExtensionKey(
        Aid aid, int version, SecretOctets privateKey, GpCertificate certificate, Octets eumCertificate) {
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException when no card could have it; the message names the component */
    public ExtensionKey {
        requireNonNull(aid, "aid is null");
        requireNonNull(certificate, "certificate is null");
        requireNonNull(eumCertificate, "eumCertificate is null");
        if (version < 1 || version > 255) {
            throw new IllegalArgumentException("version: 1 to 255 expected");
        }
        if (privateKey.length() != 32) {
            throw new IllegalArgumentException("privateKey: 32 octets expected");
        }
    }

    /** The key to sign with. */
    public EcKeyPair key() {
        return EcKeyPair.of(privateKey.reveal());
    }
}
