package io.godwit.gsma.certificate;

/**
 * Where a chain breaks, and why.
 *
 * @param certificate what the failing certificate is called: CERT.SR, EUM certificate
 */
public record ChainRefusal(String certificate, CertificateRefusal reason) {
    /** For people. */
    public String sentence() {
        return certificate + " " + reason.sentence();
    }
}
