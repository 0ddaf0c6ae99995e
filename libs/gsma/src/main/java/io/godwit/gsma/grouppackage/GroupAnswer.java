package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a card made of a group package: {@code E2 L { 80 20 hash | 4F L AID, when it found its target | {23 L R-APDU}* }}.
 * It is the data of an SCP80 response packet under the card's own keys, with {@link GroupExtension#TAR} and the package's
 * counter.
 *
 * @param packageHash {@link GroupPackage.Signed#hash}
 * @param isdP the ISD-P that it took for the target; empty when it has none, and for the audit
 * @param responses to the commands of the function, in their order; one with 6A88 when there is no target
 */
public record GroupAnswer(Octets packageHash, Optional<Aid> isdP, List<ResponseApdu> responses) {
    private static final int ANSWER = 0xe2;
    private static final int HASH = 0x80;
    private static final int HASH_SIZE = 32;
    private static final int ISD_P = 0x4f;
    private static final int RESPONSE = 0x23;

    /** @throws IllegalArgumentException when the hash is not 32 octets */
    public GroupAnswer {
        responses = List.copyOf(responses);
        if (packageHash.length() != HASH_SIZE) {
            throw new IllegalArgumentException("package hash: 32 octets expected");
        }
    }

    public Octets encode() {
        List<Tlv> fields = new ArrayList<>();
        fields.add(new Tlv(HASH, packageHash));
        isdP.ifPresent(aid -> fields.add(new Tlv(ISD_P, aid.toOctets())));
        responses.forEach(response -> fields.add(new Tlv(RESPONSE, response.encode())));
        return Tlv.of(ANSWER, fields).encode();
    }

    public static Parsed<GroupAnswer> decode(Octets octets) {
        return TlvReader.single(octets, ANSWER).then(Tlv::children).then(GroupAnswer::read);
    }

    private static Parsed<GroupAnswer> read(List<Tlv> fields) {
        if (fields.isEmpty() || fields.get(0).tag() != HASH) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        boolean found = fields.size() > 1 && fields.get(1).tag() == ISD_P;
        List<ResponseApdu> responses = new ArrayList<>();
        for (Tlv field : fields.subList(found ? 2 : 1, fields.size())) {
            Parsed<ResponseApdu> response = field.tag() == RESPONSE
                    ? ResponseApdu.decode(field.value())
                    : Parsed.malformed(Malformation.UNEXPECTED_TAG);
            if (response instanceof Parsed.Malformed<ResponseApdu> malformed) {
                return Parsed.malformed(malformed.reason());
            }
            response.toOptional().ifPresent(responses::add);
        }
        try {
            Optional<Aid> isdP = found ? Optional.of(Aid.of(fields.get(1).value())) : Optional.empty();
            return Parsed.read(new GroupAnswer(fields.get(0).value(), isdP, responses));
        } catch (IllegalArgumentException e) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }
}
