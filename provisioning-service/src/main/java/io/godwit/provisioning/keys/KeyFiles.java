package io.godwit.provisioning.keys;

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
 * Where a role's signing key lies.
 *
 * @param key PKCS#8 in PEM
 * @param certificate 7F21 as octets or hexadecimal digits
 * @param setting the prefix of the two settings, for messages
 * @param name the certificate's, for messages: CERT.SR or CERT.DP
 */
public record KeyFiles(Path key, Path certificate, String setting, String name) {
    /** A key with its certificate. */
    record KeyAndCertificate(EcKeyPair pair, GpCertificate certificate) {}

    /** @throws IllegalStateException when only one of the two is set */
    static Optional<KeyFiles> of(Optional<Path> key, Optional<Path> certificate, String setting, String name) {
        if (key.isPresent() != certificate.isPresent()) {
            throw new IllegalStateException(
                    "set both " + setting + ".key-file and " + setting + ".certificate-file, or neither");
        }
        return key.map(file -> new KeyFiles(file, certificate.orElseThrow(), setting, name));
    }

    /**
     * What the files hold.
     *
     * @throws IllegalStateException when they are not a key and its certificate
     */
    KeyAndCertificate read() {
        EcKeyPair pair = pem().stream()
                .findFirst()
                .flatMap(der -> Pkcs8.decode(der).toOptional())
                .orElseThrow(() -> new IllegalStateException(
                        "the signing key in " + key + " is not a private key on P-256 as PKCS#8 in PEM"));
        GpCertificate read = GpCertificate.decodeFile(content(certificate))
                .toOptional()
                .orElseThrow(() -> new IllegalStateException(
                        name + " in " + certificate + " is not a certificate 7F21, as octets or hexadecimal digits"));
        if (!read.publicKey().equals(pair.publicKey())) {
            throw new IllegalStateException(
                    "the signing key in " + key + " is not that of " + name + " in " + certificate);
        }
        return new KeyAndCertificate(pair, read);
    }

    private List<Octets> pem() {
        try {
            return Pem.all(content(key).toUtf8(), Pem.PRIVATE_KEY);
        } catch (IllegalArgumentException notBase64) {
            return List.of();
        }
    }

    private Octets content(Path file) {
        try {
            return Octets.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: correct " + setting + ".*", e);
        }
    }
}
