package io.godwit.provisioning.smsr;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import java.util.Optional;
import java.util.UUID;

/** The SM-SR as decisions see it when it makes the keys of a card anew. */
public interface SmSr {
    /** Where no keys are made. */
    SmSr NONE = new SmSr() {
        @Override
        public Optional<Identity> identity() {
            return Optional.empty();
        }

        @Override
        public SecretOctets ephemeralKey(UUID procedure, int message) {
            throw new IllegalStateException("no keys where none are made");
        }
    };

    /**
     * What it shows to cards.
     *
     * @param certificate CERT.SR.ECDSA
     * @param signer with SK.SR.ECDSA
     */
    record Identity(GpCertificate certificate, EcdsaSigner signer) {}

    /** Empty: this platform was given no CERT.SR. */
    Optional<Identity> identity();

    /**
     * The private key on P-256 for one key agreement, 32 octets. It is the same whenever it is asked for under one data key, so
     * that the card's answer can be read without having kept it; nobody without the tenant's data key can tell it.
     *
     * @param message which of the procedure's messages bears the public key; no other agreement has that number
     */
    SecretOctets ephemeralKey(UUID procedure, int message);

    /**
     * The private key that the same agreement has if it began under the tenant's data key before the current one; empty: none can
     * have. Which of the two it is, the card's receipt tells.
     */
    default Optional<SecretOctets> formerEphemeralKey(UUID procedure, int message) {
        return Optional.empty();
    }
}
