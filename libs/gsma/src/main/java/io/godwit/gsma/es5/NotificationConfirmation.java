package io.godwit.gsma.es5;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Confirms a notification, which the card repeats and keeps until then (SGP.02 section 4.1.1.12): {@code 80 E2 89 00 07 |
 * 3A08 04 | 4E 02 sequence}. The answer, {@code 80 L {4F L AID}*}, names the ISD-Ps that POL1 made the card delete.
 *
 * @param sequence the notification's, 0 to 65,535
 */
public record NotificationConfirmation(int sequence) implements Es5Function {
    private static final int LAST_DGI_WITH_ANSWER = 0x89;
    private static final int DGI = 0x3a08;
    private static final int SEQUENCE = 0x4e;
    private static final int DELETED = 0x80;

    /** @throws IllegalArgumentException when {@code sequence} is not two octets */
    public NotificationConfirmation {
        if (sequence >>> 16 != 0) {
            throw new IllegalArgumentException("sequence: two octets expected");
        }
    }

    @Override
    public List<CommandApdu> commands() {
        Tlv content = new Tlv(SEQUENCE, Octets.ofInts(sequence >> 8, sequence));
        return List.of(IsdRCommands.storeData(LAST_DGI_WITH_ANSWER, DGI, content));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        if (responses.isEmpty()) {
            return new Es5Outcome.NotAnswered();
        }
        ResponseApdu response = responses.get(0);
        if (!response.status().isSuccess()) {
            boolean unknown = response.status().equals(StatusWord.REFERENCE_NOT_FOUND);
            return unknown
                    ? new Es5Outcome.Refused(response.status(), Es5Error.NOTHING_TO_CONFIRM)
                    : Refusals.refused(response.status(), Es5Error.NOTHING_TO_CONFIRM);
        }
        Parsed<List<Aid>> deleted = response.data().isEmpty() ? Parsed.read(List.of()) : decodeDeleted(response.data());
        return deleted instanceof Parsed.Malformed<List<Aid>> malformed
                ? new Es5Outcome.Unreadable(malformed.reason())
                : new Es5Outcome.DeletedByPolicy(deleted.toOptional().orElse(List.of()));
    }

    /** The data of the card's answer when it has deleted {@code isdPs}. */
    public static Octets encodeDeleted(List<Aid> isdPs) {
        return Tlv.of(DELETED, isdPs.stream().map(IsdRCommands::aidObject).toList())
                .encode();
    }

    public static Optional<NotificationConfirmation> parse(CommandApdu command) {
        return IsdRCommands.stored(command, LAST_DGI_WITH_ANSWER, DGI, SEQUENCE)
                .filter(octets -> octets.length() == 2)
                .map(octets -> new NotificationConfirmation(octets.at(0) << 8 | octets.at(1)));
    }

    private static Parsed<List<Aid>> decodeDeleted(Octets data) {
        return TlvReader.single(data, DELETED).then(Tlv::children).then(objects -> {
            List<Aid> isdPs = new ArrayList<>();
            for (Tlv object : objects) {
                Optional<Aid> isdP =
                        object.tag() == IsdRCommands.AID ? IsdRCommands.aid(object.value()) : Optional.empty();
                if (isdP.isEmpty()) {
                    return Parsed.malformed(Malformation.UNEXPECTED_TAG);
                }
                isdPs.add(isdP.get());
            }
            return Parsed.read(isdPs);
        });
    }
}
