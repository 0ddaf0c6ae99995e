package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.RevocationList;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads certificates from files: PEM or DER for X.509, hexadecimal digits or octets for GlobalPlatform's. */
public final class PkiReading {
    /** No certificate that anybody has comes near it. */
    private static final long MOST = 1 << 20;

    private PkiReading() {}

    static Octets content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new PkiException(file + " is no file. Name a certificate: PEM, DER, or 7F21 as octets or digits.");
        }
        if (Files.size(file) > MOST) {
            throw new PkiException(file + " is larger than any certificate.");
        }
        return Octets.of(Files.readAllBytes(file));
    }

    static List<Octets> pem(Path file, String label) throws IOException {
        try {
            return Pem.all(content(file).toUtf8(), label);
        } catch (IllegalArgumentException notBase64) {
            throw new PkiException(file + " has something between BEGIN and END that is not base64.");
        }
    }

    /** The DER of each X.509 certificate in the file, whoever could read it; none when it holds something else. */
    static List<Octets> x509(Path file) throws IOException {
        return derOrPem(file, Pem.CERTIFICATE);
    }

    private static List<Octets> derOrPem(Path file, String label) throws IOException {
        Octets content = content(file);
        if (content.length() > 1 && content.at(0) == 0x30) {
            return List.of(content);
        }
        return pem(file, label);
    }

    /**
     * Whom to believe.
     *
     * @throws PkiException when a file holds something else, or a list that none of the CIs made
     */
    public static TrustStore trust(List<Path> cis, List<Path> crls) throws IOException {
        List<CaCertificate> trusted = new ArrayList<>();
        for (Path ci : cis) {
            trusted.addAll(authorities(ci));
        }
        List<RevocationList> lists = new ArrayList<>();
        for (Path crl : crls) {
            List<Octets> found = derOrPem(crl, Pem.REVOCATION_LIST);
            if (found.isEmpty()) {
                throw new PkiException(
                        crl + " holds no list of revoked certificates: PEM with BEGIN X509 CRL, or DER.");
            }
            for (Octets der : found) {
                lists.add(RevocationList.decode(der)
                        .toOptional()
                        .orElseThrow(() -> new PkiException(crl + " holds no whole X.509 list of revoked certificates"
                                + " on P-256 with ECDSA and SHA-256.")));
            }
        }
        try {
            return new TrustStore(trusted, lists);
        } catch (IllegalArgumentException byNobody) {
            throw new PkiException("--crl: the list of revoked certificates is by none of the CIs named with --ci.");
        }
    }

    static Optional<GpCertificate> globalPlatform(Path file) throws IOException {
        return GpCertificate.decodeFile(content(file)).toOptional();
    }

    /** The certificates of authorities in the file: at least one. */
    static List<CaCertificate> authorities(Path file) throws IOException {
        List<CaCertificate> authorities = new ArrayList<>();
        for (Octets der : x509(file)) {
            authorities.add(CaCertificate.decode(der)
                    .toOptional()
                    .orElseThrow(() -> new PkiException(file + " holds a certificate that is no CI's or EUM's on P-256"
                            + " with ECDSA and SHA-256, or has a critical extension that is not known.")));
        }
        if (authorities.isEmpty()) {
            throw new PkiException(file + " holds no X.509 certificate. Name a PEM or DER file.");
        }
        return authorities;
    }
}
