package io.godwit.gsma.es8;

import io.godwit.gsma.apdu.StatusWord;

/** Why an ISD-P or the ISD-R refused a step of key establishment (GP Amendment A section 4, SGP.02 section 4.1.3.1). */
public enum Es8Error {
    /** The certificate is not one of the CI's, or not for this use. */
    CERTIFICATE_REFUSED(0x6640),
    /** The signature over the key parameters does not verify. */
    SIGNATURE_REFUSED(0x6600),
    WRONG_DATA(0x6a80),
    /** No such security domain or key. */
    UNKNOWN_REFERENCE(0x6a88),
    /** No such application. */
    UNKNOWN_ISDP(0x6a82),
    /** The steps did not come in their order, or the ISD-P is in another state. */
    OUT_OF_SEQUENCE(0x6985),
    /** A curve or a key type that the card does not have. */
    ALGORITHM_NOT_SUPPORTED(0x9484),
    MEMORY(0x6581),
    /** A status word that these commands do not define. */
    OTHER(0x6f00);

    private final int status;

    Es8Error(int status) {
        this.status = status;
    }

    /** How a card says it. */
    public StatusWord status() {
        return new StatusWord(status);
    }

    static Es8Error of(StatusWord status) {
        for (Es8Error error : values()) {
            if (error.status == status.value()) {
                return error;
            }
        }
        return OTHER;
    }
}
