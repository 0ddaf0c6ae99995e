package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.SigningKeyTable;
import io.godwit.provisioning.smdp.SmDp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What this service signs with and whom it believes. A key comes from files at the first start, is kept encrypted under the
 * master key, and is replaced when the files name another certificate; in test mode with nothing configured, a test CI and an
 * SM-SR's key under it are made once.
 *
 * @param signer empty where no key was ever configured: no group packages then
 * @param smDp empty where no CERT.DP was ever configured: no downloads then
 */
public record Signing(Optional<SmSrSigner> signer, Optional<SmDp.Identity> smDp, TrustAnchors trust) {
    private static final SigningRole SM_SR = new SigningRole("sm-sr", CertificateRole.SM_SR, "godwit.signing");
    private static final SigningRole SM_DP = new SigningRole("sm-dp", CertificateRole.SM_DP, "godwit.signing.sm-dp");

    /**
     * Opens it for all replicas alike.
     *
     * @throws IllegalStateException when CERT.SR or CERT.DP does not stand under a trusted CI at {@code now}, or a file is not
     *     what it should be; a service must not start then
     * @throws UnwrapException when a stored key was wrapped under another master key
     */
    public static Signing open(TenantTransaction transactions, MasterKey master, SigningSettings settings, Instant now)
            throws SQLException {
        TrustAnchors configured = TrustAnchors.read(settings.trust());
        Optional<KeyFiles.KeyAndCertificate> smSr = settings.read();
        Optional<KeyFiles.KeyAndCertificate> smDp = settings.smDp().map(KeyFiles::read);
        smSr.ifPresent(read -> SM_SR.requireSound(read.certificate(), configured, now));
        smDp.ifPresent(read -> SM_DP.requireSound(read.certificate(), configured, now));
        Optional<SigningKeyTable.Row> storedSmSr = transactions.asPlatform(connection -> {
            Optional<SigningKeyTable.Row> before = SigningKeyTable.find(connection, SM_SR.name());
            if (smSr.isPresent()) {
                replace(connection, SM_SR, before, smSr.get(), master);
            } else if (before.isEmpty() && settings.trust().testMode() && settings.isEmpty()) {
                TestSigning made = TestSigning.make(now);
                SigningKeyTable.offer(
                        connection,
                        SM_SR.name(),
                        SM_SR.wrap(
                                made.pair(),
                                made.certificate(),
                                Optional.of(made.ci().der()),
                                master));
            }
            return SigningKeyTable.find(connection, SM_SR.name());
        });
        Optional<SigningKeyTable.Row> storedSmDp = transactions.asPlatform(connection -> {
            if (smDp.isPresent()) {
                replace(connection, SM_DP, SigningKeyTable.find(connection, SM_DP.name()), smDp.get(), master);
            }
            return SigningKeyTable.find(connection, SM_DP.name());
        });
        TrustAnchors trust = storedSmSr
                .flatMap(SigningKeyTable.Row::ciCertificate)
                .map(ci -> configured.plus(ci, settings.trust().testMode()))
                .orElse(configured);
        return new Signing(
                storedSmSr
                        .map(row -> SM_SR.unwrap(row, trust, master, now))
                        .map(key -> new SmSrSigner(key.pair(), key.certificate())),
                storedSmDp
                        .map(row -> SM_DP.unwrap(row, trust, master, now))
                        .map(key -> new SmDp.Identity(key.certificate(), key.pair())),
                trust);
    }

    private static void replace(
            Connection connection,
            SigningRole role,
            Optional<SigningKeyTable.Row> before,
            KeyFiles.KeyAndCertificate files,
            MasterKey master)
            throws SQLException {
        Octets certificate = files.certificate().encode();
        if (before.filter(row -> row.certificate().equals(certificate)).isEmpty()) {
            SigningKeyTable.put(
                    connection, role.name(), role.wrap(files.pair(), files.certificate(), Optional.empty(), master));
        }
    }
}
