package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.SigningKeyTable;
import java.time.Instant;
import java.util.Optional;

/**
 * A role that signs, and how its key is kept.
 *
 * @param name as the table has it
 * @param certificate what its certificate must be for
 * @param setting the prefix of its settings, for messages
 */
record SigningRole(String name, CertificateRole certificate, String setting) {
    void requireSound(GpCertificate shown, TrustAnchors trust, Instant now) {
        CertificateChain.ofSubscriptionManager(shown, certificate, trust.ofPlatform(), now)
                .ifPresent(refusal -> {
                    throw new IllegalStateException("the service does not sign: " + refusal.sentence() + ". Correct "
                            + setting + ".key-file, " + setting + ".certificate-file and"
                            + " godwit.trust.ci-files or godwit.trust.crl-files");
                });
    }

    SigningKeyTable.Row wrap(EcKeyPair pair, GpCertificate shown, Optional<Octets> ci, MasterKey master) {
        SecretOctets secret = SecretOctets.copyOf(pair.reveal());
        try {
            return new SigningKeyTable.Row(shown.encode(), ci, master.wrap(secret, binding(shown)));
        } finally {
            secret.destroy();
        }
    }

    KeyFiles.KeyAndCertificate unwrap(SigningKeyTable.Row row, TrustAnchors trust, MasterKey master, Instant now) {
        GpCertificate stored = GpCertificate.decode(row.certificate())
                .toOptional()
                .orElseThrow(() -> new IllegalStateException("the stored certificate of " + name + " is none"));
        requireSound(stored, trust, now);
        SecretOctets secret = master.unwrap(row.wrapped(), binding(stored));
        try {
            return new KeyFiles.KeyAndCertificate(EcKeyPair.of(secret.reveal()), stored);
        } finally {
            secret.destroy();
        }
    }

    /** The key opens for this public key only, so that no row can be given another's certificate. */
    private String binding(GpCertificate shown) {
        return "signing-key/" + name + "/" + shown.publicKey().point().toHex();
    }
}
