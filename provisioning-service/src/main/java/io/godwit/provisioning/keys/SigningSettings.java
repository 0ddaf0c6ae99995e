package io.godwit.provisioning.keys;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the SM-SR's signing key and its trust come from.
 *
 * @param keyFile PKCS#8 in PEM
 * @param certificateFile CERT.SR, 7F21 as octets or hexadecimal digits
 */
public record SigningSettings(Optional<Path> keyFile, Optional<Path> certificateFile, TrustSettings trust) {
    /** A key with its certificate. */
    record KeyAndCertificate(EcKeyPair pair, GpCertificate certificate) {}

    public SigningSettings {
        requireNonNull(trust, "trust is null");
        if (keyFile.isPresent() != certificateFile.isPresent()) {
            throw new IllegalStateException(
                    "set both godwit.signing.key-file and godwit.signing.certificate-file, or neither");
        }
    }

    /** Whether nothing at all is said. */
    boolean isEmpty() {
        return keyFile.isEmpty() && trust.isEmpty();
    }

    /**
     * What the files hold; empty when none are configured.
     *
     * @throws IllegalStateException when they are not a key and its certificate
     */
    Optional<KeyAndCertificate> read() {
        return keyFile.map(file -> read(file, certificateFile.orElseThrow()));
    }

    private static KeyAndCertificate read(Path keyFile, Path certificateFile) {
        EcKeyPair pair = pem(keyFile).stream()
                .findFirst()
                .flatMap(der -> Pkcs8.decode(der).toOptional())
                .orElseThrow(() -> new IllegalStateException(
                        "the signing key in " + keyFile + " is not a private key on P-256 as PKCS#8 in PEM"));
        GpCertificate certificate = GpCertificate.decodeFile(content(certificateFile))
                .toOptional()
                .orElseThrow(() -> new IllegalStateException("CERT.SR in " + certificateFile
                        + " is not a certificate 7F21, as octets or hexadecimal digits"));
        if (!certificate.publicKey().equals(pair.publicKey())) {
            throw new IllegalStateException(
                    "the signing key in " + keyFile + " is not that of CERT.SR in " + certificateFile);
        }
        return new KeyAndCertificate(pair, certificate);
    }

    private static List<Octets> pem(Path file) {
        try {
            return Pem.all(content(file).toUtf8(), Pem.PRIVATE_KEY);
        } catch (IllegalArgumentException notBase64) {
            return List.of();
        }
    }

    private static Octets content(Path file) {
        try {
            return Octets.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: correct godwit.signing.*", e);
        }
    }
}
