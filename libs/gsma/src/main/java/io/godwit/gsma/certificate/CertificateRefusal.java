package io.godwit.gsma.certificate;

/** Why a certificate does not stand for what it was shown for; each says so in words that follow its name. */
public enum CertificateRefusal {
    NO_TRUSTED_ISSUER("is not issued under any of the trusted CIs"),
    WRONG_AUTHORITY("names another authority key id than its issuer has"),
    WRONG_ISSUER("names another issuer than the one it was shown with"),
    WRONG_ROLE("has another role, or none that is known"),
    WRONG_USAGE("has a key for another usage"),
    WRONG_SUBJECT("is for another subject"),
    NOT_AN_AUTHORITY("may not sign certificates"),
    NOT_YET_VALID("is not valid yet"),
    EXPIRED("has expired"),
    REVOKED("has been revoked by its issuer"),
    BAD_SIGNATURE("has a signature that does not verify under its issuer's key");

    private final String sentence;

    CertificateRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** The rest of a sentence that starts with the certificate's name. */
    public String sentence() {
        return sentence;
    }
}
