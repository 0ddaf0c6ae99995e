package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.SigningKeyTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What this service signs with and whom it believes. The key comes from files at the first start, is kept encrypted under
 * the master key, and is replaced when the files name another certificate; in test mode with nothing configured, a test CI
 * and a key under it are made once.
 *
 * @param signer empty where no key was ever configured: no group packages then
 */
public record Signing(Optional<SmSrSigner> signer, TrustAnchors trust) {
    private static final String SM_SR = "sm-sr";

    /**
     * Opens it for all replicas alike.
     *
     * @throws IllegalStateException when CERT.SR does not stand under a trusted CI at {@code now}, or a file is not what it
     *     should be; a service must not start then
     * @throws UnwrapException when the stored key was wrapped under another master key
     */
    public static Signing open(TenantTransaction transactions, MasterKey master, SigningSettings settings, Instant now)
            throws SQLException {
        TrustAnchors configured = TrustAnchors.read(settings.trust());
        Optional<SigningSettings.KeyAndCertificate> files = settings.read();
        files.ifPresent(read -> requireSound(read.certificate(), configured, now));
        Optional<SigningKeyTable.Row> stored = transactions.asPlatform(connection -> {
            Optional<SigningKeyTable.Row> before = SigningKeyTable.find(connection, SM_SR);
            if (files.isPresent()) {
                Octets certificate = files.get().certificate().encode();
                if (before.filter(row -> row.certificate().equals(certificate)).isEmpty()) {
                    SigningKeyTable.put(
                            connection, SM_SR, row(files.get().pair(), certificate, Optional.empty(), master));
                }
            } else if (before.isEmpty() && settings.trust().testMode() && settings.isEmpty()) {
                TestSigning made = TestSigning.make(now);
                SigningKeyTable.offer(
                        connection,
                        SM_SR,
                        row(
                                made.pair(),
                                made.certificate().encode(),
                                Optional.of(made.ci().der()),
                                master));
            }
            return SigningKeyTable.find(connection, SM_SR);
        });
        return stored.isEmpty()
                ? new Signing(Optional.empty(), configured)
                : open(stored.get(), configured, master, settings.trust().testMode(), now);
    }

    private static Signing open(
            SigningKeyTable.Row row, TrustAnchors configured, MasterKey master, boolean testMode, Instant now) {
        TrustAnchors trust = row.ciCertificate().isPresent()
                ? configured.plus(row.ciCertificate().get(), testMode)
                : configured;
        GpCertificate certificate = GpCertificate.decode(row.certificate())
                .toOptional()
                .orElseThrow(() -> new IllegalStateException("the stored CERT.SR is no certificate"));
        requireSound(certificate, trust, now);
        SecretOctets secret = master.unwrap(row.wrapped(), binding(certificate));
        try {
            EcKeyPair pair = EcKeyPair.of(secret.reveal());
            return new Signing(Optional.of(new SmSrSigner(pair, certificate)), trust);
        } finally {
            secret.destroy();
        }
    }

    private static void requireSound(GpCertificate certificate, TrustAnchors trust, Instant now) {
        CertificateChain.ofSubscriptionManager(certificate, CertificateRole.SM_SR, trust.ofPlatform(), now)
                .ifPresent(refusal -> {
                    throw new IllegalStateException("the service does not sign: " + refusal.sentence()
                            + ". Correct godwit.signing.key-file, godwit.signing.certificate-file and"
                            + " godwit.trust.ci-files or godwit.trust.crl-files");
                });
    }

    private static SigningKeyTable.Row row(EcKeyPair pair, Octets certificate, Optional<Octets> ci, MasterKey master) {
        SecretOctets secret = SecretOctets.copyOf(pair.reveal());
        try {
            String binding =
                    binding(GpCertificate.decode(certificate).toOptional().orElseThrow());
            return new SigningKeyTable.Row(certificate, ci, master.wrap(secret, binding));
        } finally {
            secret.destroy();
        }
    }

    /** The key opens for this public key only, so that no row can be given another's certificate. */
    private static String binding(GpCertificate certificate) {
        return "signing-key/" + SM_SR + "/" + certificate.publicKey().point().toHex();
    }
}
