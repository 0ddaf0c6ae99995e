package io.godwit.provisioning.smdp;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** The SM-DP as decisions see it: who it is, whom it believes, what it knows of cards, and its chance. */
public interface SmDp {
    /** Where nothing is downloaded. */
    SmDp NONE = new SmDp() {
        @Override
        public Optional<Identity> identity() {
            return Optional.empty();
        }

        @Override
        public Optional<CardPlatform> platform(Nid card) {
            return Optional.empty();
        }

        @Override
        public TrustStore trust() {
            throw new IllegalStateException("nobody is believed where nothing is downloaded");
        }

        @Override
        public SecretOctets newEphemeralKey() {
            throw new IllegalStateException("no keys where nothing is downloaded");
        }

        @Override
        public Octets newHostChallenge() {
            throw new IllegalStateException("no sessions where nothing is downloaded");
        }
    };

    /**
     * What it shows to cards.
     *
     * @param certificate CERT.DP.ECDSA
     * @param signer with SK.DP.ECDSA
     */
    record Identity(GpCertificate certificate, EcdsaSigner signer) {}

    /** Empty: this platform was given no CERT.DP, and downloads nothing. */
    Optional<Identity> identity();

    /** What the card's EIS says of its platform; empty when nothing that a download needs. */
    Optional<CardPlatform> platform(Nid card);

    /** Under whose certificates the card's stand. */
    TrustStore trust();

    /** A private key on P-256 for one key agreement, 32 octets. */
    SecretOctets newEphemeralKey();

    /** 8 octets that were never used before. */
    Octets newHostChallenge();
}
