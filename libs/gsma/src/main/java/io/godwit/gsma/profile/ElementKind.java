package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The alternatives of the CHOICE {@code ProfileElement} (PEDefinitions of the TCA eUICC Profile Package, version 3.3),
 * with the number of their tag. 11 to 15 are reserved there and no element.
 */
public enum ElementKind {
    HEADER(0, "header"),
    GENERIC_FILE_MANAGEMENT(1, "genericFileManagement"),
    PIN_CODES(2, "pinCodes"),
    PUK_CODES(3, "pukCodes"),
    AKA_PARAMETER(4, "akaParameter"),
    CDMA_PARAMETER(5, "cdmaParameter"),
    SECURITY_DOMAIN(6, "securityDomain"),
    RFM(7, "rfm"),
    APPLICATION(8, "application"),
    NON_STANDARD(9, "nonStandard"),
    END(10, "end"),
    MF(16, "mf"),
    CD(17, "cd"),
    TELECOM(18, "telecom"),
    USIM(19, "usim"),
    OPT_USIM(20, "opt-usim"),
    ISIM(21, "isim"),
    OPT_ISIM(22, "opt-isim"),
    PHONEBOOK(23, "phonebook"),
    GSM_ACCESS(24, "gsm-access"),
    CSIM(25, "csim"),
    OPT_CSIM(26, "opt-csim"),
    EAP(27, "eap"),
    DF_5GS(28, "df-5gs"),
    DF_SAIP(29, "df-saip"),
    DF_SNPN(30, "df-snpn"),
    DF_5GPROSE(31, "df-5gprose"),
    IOT(32, "iot"),
    OPT_IOT(33, "opt-iot");

    private final int number;
    private final String literal;

    ElementKind(int number, String literal) {
        this.number = number;
        this.literal = requireNonNull(literal, "literal is null");
    }

    /** The number of the alternative's tag. */
    public int number() {
        return number;
    }

    /** The alternative's name in the ASN.1 module. */
    public String literal() {
        return literal;
    }

    /** Whether the element makes files after a template (TCA Annex A). */
    public boolean isTemplated() {
        return number >= MF.number;
    }

    int tag() {
        return Der.constructed(number);
    }

    static Optional<ElementKind> ofTag(int tag) {
        return Stream.of(values()).filter(kind -> kind.tag() == tag).findFirst();
    }

    @Override
    public String toString() {
        return literal;
    }
}
