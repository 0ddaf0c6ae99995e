package io.godwit.gsma.profile;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a profile may demand of the card: the components of {@code ServicesList}, in their order. */
public enum Service {
    CONTACTLESS(0),
    USIM(1),
    ISIM(2),
    CSIM(3),
    MILENAGE(4),
    TUAK128(5),
    CAVE(6),
    GBA_USIM(7),
    GBA_ISIM(8),
    MBMS(9),
    EAP(10),
    JAVACARD(11),
    MULTOS(12),
    MULTIPLE_USIM(13),
    MULTIPLE_ISIM(14),
    MULTIPLE_CSIM(15),
    TUAK256(16),
    USIM_TEST_ALGORITHM(17),
    BER_TLV(18),
    DF_LINK(19),
    CAT_TP(20),
    GET_IDENTITY(21),
    PROFILE_A_X25519(22),
    PROFILE_B_P256(23),
    SUCI_CALCULATOR_API(24, "suciCalculatorApi"),
    DNS_RESOLUTION(25),
    SCP11AC(26),
    SCP11C_AUTHORIZATION_MECHANISM(27),
    S16MODE(28),
    EAKA(29);

    private final int number;
    private final String literal;

    Service(int number) {
        this.number = number;
        this.literal = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Service(int number, String literal) {
        this.number = number;
        this.literal = literal;
    }

    /** Its number in the list. */
    public int number() {
        return number;
    }

    /** Its name in {@code ServicesList}. */
    public String literal() {
        return literal;
    }

    /** Empty for a number that a later version has added. */
    public static Optional<Service> of(int number) {
        return Stream.of(values()).filter(service -> service.number == number).findFirst();
    }

    /** @throws IllegalArgumentException when none has that name */
    public static Service of(String literal) {
        return Stream.of(values())
                .filter(service -> service.literal.equals(literal))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "service: a name from ServicesList of PEDefinitions expected, such as usim or milenage"));
    }
}
