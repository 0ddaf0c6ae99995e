package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** What is in a certificate, as JSON, and that as an indented tree. */
public final class CertificateText {
    private CertificateText() {}

    /**
     * The certificates of a file.
     *
     * @throws PkiException when there is none in it
     */
    public static List<Json.Obj> of(Path file) throws IOException {
        Optional<GpCertificate> globalPlatform = PkiReading.globalPlatform(file);
        if (globalPlatform.isPresent()) {
            return List.of(of(globalPlatform.get()));
        }
        List<Json.Obj> shown = new ArrayList<>();
        for (Octets der : PkiReading.x509(file)) {
            shown.add(x509(der).orElseThrow(() -> new PkiException(file + " is no X.509 certificate.")));
        }
        if (shown.isEmpty()) {
            throw new PkiException(file + " holds no certificate. Keys are not shown.");
        }
        return shown;
    }

    private static Json.Obj of(GpCertificate certificate) {
        CertificateBody body = certificate.body();
        Json.ObjectBuilder discretionary = Json.object();
        for (Tlv object : body.discretionary()) {
            discretionary.put("%02X".formatted(object.tag()), object.value().toHex());
        }
        return Json.object()
                .put("form", "GlobalPlatform 7F21")
                .put("role", body.role().map(CertificateRole::title).orElse("unknown"))
                .put("serial", body.serial().toHex())
                .put("issuer", text(body.issuerId()))
                .put("subject", text(body.subjectId()))
                .put("usage", body.usage().toHex())
                .put("firstDay", body.effective().map(Object::toString).orElse(null))
                .put("lastDay", body.expiration().toString())
                .put("issuerImage", body.issuerImage().map(Octets::toHex).orElse(null))
                .put("authorityKeyId", body.authorityKeyId().toHex())
                .put("discretionary", discretionary.build())
                .put("curve", "P-256")
                .put("publicKey", certificate.publicKey().point().toHex())
                .put("signature", certificate.signature().toHex())
                .build();
    }

    /** The JDK reads every X.509 certificate, also those on curves that a card would not take. */
    private static Optional<Json.Obj> x509(Octets der) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toBytes()));
            Extensions extensions = Certificate.getInstance(certificate.getEncoded())
                    .getTBSCertificate()
                    .getExtensions();
            Optional<CaCertificate> onP256 = CaCertificate.decode(der).toOptional();
            return Optional.of(Json.object()
                    .put("form", "X.509")
                    .put("serial", certificate.getSerialNumber().toString(16))
                    .put("issuer", certificate.getIssuerX500Principal().getName())
                    .put("subject", certificate.getSubjectX500Principal().getName())
                    .put("notBefore", certificate.getNotBefore().toInstant().toString())
                    .put("notAfter", certificate.getNotAfter().toInstant().toString())
                    .put("authority", certificate.getBasicConstraints() >= 0)
                    .put("testCi", onP256.map(TestCis::includes).orElse(false))
                    .put("eidPrefix", onP256.flatMap(CaCertificate::eidPrefix).orElse(null))
                    .put("authorityKeyId", authorityKeyId(extensions))
                    .put("subjectKeyId", subjectKeyId(extensions))
                    .put("names", alternativeNames(certificate))
                    .put("algorithm", certificate.getSigAlgName())
                    .put(
                            "publicKey",
                            onP256.map(found -> found.publicKey().point().toHex())
                                    .orElse(certificate.getPublicKey().getAlgorithm()))
                    .build());
        } catch (CertificateException notOne) {
            return Optional.empty();
        }
    }

    private static @org.jspecify.annotations.Nullable String authorityKeyId(
            @org.jspecify.annotations.Nullable Extensions extensions) {
        AuthorityKeyIdentifier id = extensions == null ? null : AuthorityKeyIdentifier.fromExtensions(extensions);
        return id == null || id.getKeyIdentifierOctets() == null
                ? null
                : Octets.of(id.getKeyIdentifierOctets()).toHex();
    }

    private static @org.jspecify.annotations.Nullable String subjectKeyId(
            @org.jspecify.annotations.Nullable Extensions extensions) {
        SubjectKeyIdentifier id = extensions == null ? null : SubjectKeyIdentifier.fromExtensions(extensions);
        return id == null ? null : Octets.of(id.getKeyIdentifier()).toHex();
    }

    private static List<Json> alternativeNames(X509Certificate certificate) throws CertificateException {
        return certificate.getSubjectAlternativeNames() == null
                ? List.of()
                : certificate.getSubjectAlternativeNames().stream()
                        .<Json>map(name -> Json.of(String.valueOf(name.get(1))))
                        .toList();
    }

    /** Letters as they are, everything else, an EID for one, as digits. */
    private static String text(Octets octets) {
        String text = octets.toUtf8();
        return text.matches("[\\x20-\\x7e]+") ? text : octets.toHex();
    }

    /** A line for each member, those of an object within one level deeper; what is not there is left out. */
    public static String tree(Json.Obj certificate) {
        StringBuilder lines = new StringBuilder();
        tree(certificate, "", lines);
        return lines.toString();
    }

    private static void tree(Json.Obj object, String indent, StringBuilder lines) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String name = indent + member.getKey();
            if (member.getValue() instanceof Json.Obj within) {
                lines.append(name).append('\n');
                tree(within, indent + "  ", lines);
            } else {
                String value = value(member.getValue());
                if (!value.isEmpty()) {
                    lines.append("%-18s %s%n".formatted(name, value));
                }
            }
        }
    }

    private static String value(Json json) {
        if (json instanceof Json.Str text) {
            return text.value();
        }
        if (json instanceof Json.Bool bool) {
            return bool.value() ? "yes" : "no";
        }
        if (json instanceof Json.Arr array) {
            return String.join(
                    ", ", array.items().stream().map(CertificateText::value).toList());
        }
        return "";
    }
}
