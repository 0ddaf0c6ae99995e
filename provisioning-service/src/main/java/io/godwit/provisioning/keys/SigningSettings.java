package io.godwit.provisioning.keys;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the signing keys and the trust come from.
 *
 * @param smSr SK.SR.ECDSA with CERT.SR
 * @param smDp SK.DP.ECDSA with CERT.DP
 */
public record SigningSettings(Optional<KeyFiles> smSr, Optional<KeyFiles> smDp, TrustSettings trust) {
    private static final String SM_SR = "godwit.signing";
    private static final String SM_DP = "godwit.signing.sm-dp";

    public SigningSettings {
        requireNonNull(smSr, "smSr is null");
        requireNonNull(smDp, "smDp is null");
        requireNonNull(trust, "trust is null");
    }

    /**
     * With an SM-SR's key alone.
     *
     * @throws IllegalStateException when only one of the two files is set
     */
    public static SigningSettings of(Optional<Path> keyFile, Optional<Path> certificateFile, TrustSettings trust) {
        return new SigningSettings(KeyFiles.of(keyFile, certificateFile, SM_SR, "CERT.SR"), Optional.empty(), trust);
    }

    /** With an SM-DP's key too. */
    public SigningSettings withSmDp(Optional<Path> keyFile, Optional<Path> certificateFile) {
        return new SigningSettings(smSr, KeyFiles.of(keyFile, certificateFile, SM_DP, "CERT.DP"), trust);
    }

    /** Whether nothing at all is said. */
    boolean isEmpty() {
        return smSr.isEmpty() && trust.isEmpty();
    }

    /**
     * What the SM-SR's files hold; empty when none are configured.
     *
     * @throws IllegalStateException when they are not a key and its certificate
     */
    Optional<KeyFiles.KeyAndCertificate> read() {
        return smSr.map(KeyFiles::read);
    }
}
