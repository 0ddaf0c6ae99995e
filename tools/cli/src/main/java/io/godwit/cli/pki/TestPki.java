package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Octets;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** A CI for tests, and an EUM, an SM-SR and an SM-DP under it: keys and certificates, eight files. */
public final class TestPki {
    private TestPki() {}

    public static List<PkiFile> make(Issuing issuing) {
        EcKeyPair ciKey = issuing.newKey();
        X509Issuer ciIssuer = TestCis.issuer(ciKey);
        CaCertificate ci = ciIssuer.root(issuing.terms());
        EcKeyPair eumKey = issuing.newKey();
        CaCertificate eum = ciIssuer.authority(
                new X500Name("O=Godwit,OU=" + TestCis.UNIT + ",CN=Test EUM"), eumKey.publicKey(), issuing.terms(), 0);
        EcKeyPair smSrKey = issuing.newKey();
        EcKeyPair smDpKey = issuing.newKey();
        return List.of(
                PkiFile.key("ci", ciKey),
                PkiFile.certificate("ci", ci),
                PkiFile.key("eum", eumKey),
                PkiFile.certificate("eum", eum),
                PkiFile.key("sm-sr", smSrKey),
                PkiFile.certificate(
                        "sm-sr",
                        body(CertificateRole.SM_SR, "SM-SR", smSrKey, ci, issuing)
                                .sign(ciKey)),
                PkiFile.key("sm-dp", smDpKey),
                PkiFile.certificate(
                        "sm-dp",
                        body(CertificateRole.SM_DP, "SM-DP", smDpKey, ci, issuing)
                                .sign(ciKey)));
    }

    private static CertificateBody body(
            CertificateRole role, String subject, EcKeyPair key, CaCertificate ci, Issuing issuing) {
        return CertificateBody.of(
                role,
                issuing.serial(),
                Octets.utf8("GODWIT-TEST-CI"),
                Octets.utf8("GODWIT-" + subject),
                issuing.firstDay(),
                issuing.lastDay(),
                ci.subjectKeyId(),
                key.publicKey());
    }
}
