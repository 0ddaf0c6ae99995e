package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.tlv.Dgi;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values that are no secret in one form and could hide one in any other. */
final class OpenValues {
    /** Rotations and constants of Milenage as TS 35.206 has them; others are an operator's own, and it keeps them. */
    private static final Set<Octets> MILENAGE = Set.of(
            Octets.fromHex("4000204060"),
            Octets.fromHex(
                    "00".repeat(31) + "01" + "00".repeat(15) + "02" + "00".repeat(15) + "04" + "00".repeat(15) + "08"));

    /** Fewer than any key or PIN has. */
    private static final int TOO_FEW = 4;

    private static final int SHORT_PARAMETER = 2;
    private static final int STORE_DATA = 0x0070;
    private static final int CARD_DATA = 0x66;
    private static final int RECOGNITION = 0x73;
    private static final int OID = 0x06;
    /** Bearers: SMS, and the transport of CAT_TP or HTTPS. */
    private static final Set<Integer> BEARERS = Set.of(0xa0, 0xa1);
    /** Address, bearer description, network access name; a login and a password would be 0D. */
    private static final Set<Integer> BEARER_OBJECTS = Set.of(0x06, 0x86, 0x35, 0xb5, 0x47, 0xc7);

    private OpenValues() {}

    static boolean isConstant(Octets value) {
        return MILENAGE.contains(value);
    }

    /** Install parameters (C9): very few octets, or objects 81 to 87 of at most two octets, each once. */
    static boolean isParameters(Octets value) {
        if (value.length() <= TOO_FEW) {
            return true;
        }
        int last = 0x80;
        for (Part part : Part.sequence(value, 0).orElse(List.of())) {
            if (part.tag() <= last || part.tag() > 0x87 || part.value().length() > SHORT_PARAMETER) {
                return false;
            }
            last = part.tag();
        }
        return last > 0x80;
    }

    /** STORE DATA that brings the card recognition data (GPC 2.3.1 H.2): object identifiers and nothing else. */
    static boolean isStoreData(Octets value) {
        Optional<List<Part>> objects = Dgi.decode(value)
                .toOptional()
                .filter(dgi -> dgi.tag() == STORE_DATA)
                .flatMap(dgi -> Part.sequence(dgi.value(), 0));
        return objects.isPresent() && objects.get().stream().allMatch(OpenValues::isRecognition);
    }

    private static boolean isRecognition(Part part) {
        return switch (part.tag()) {
            case CARD_DATA, RECOGNITION, 0x60, 0x63, 0x64, 0x65 ->
                part.children()
                        .filter(parts -> parts.stream().allMatch(OpenValues::isRecognition))
                        .isPresent();
            case OID -> true;
            default -> false;
        };
    }

    /** Connectivity parameters (SGP.02 4.1.3.4) without a login and a password. */
    static boolean isConnectivity(Octets value) {
        return Part.sequence(value, 0)
                .filter(bearers -> bearers.stream().allMatch(OpenValues::isBearer))
                .isPresent();
    }

    private static boolean isBearer(Part bearer) {
        return BEARERS.contains(bearer.tag())
                && bearer.children()
                        .filter(objects -> objects.stream().allMatch(object -> BEARER_OBJECTS.contains(object.tag())))
                        .isPresent();
    }
}
