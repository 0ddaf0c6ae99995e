package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes key sets of the ISD-R that are not to be used any more, once there is another one (SGP.02 section 4.1.1.9):
 * {@code 80 E4 00 00 L | {F2 03 version first last}}. At a change of SM-SR those are the former one's; when an SM-SR makes
 * its own keys anew, those from before.
 *
 * @param ranges at least one
 */
public record FinaliseIsdRHandover(List<KeyRange> ranges) implements Es5Function {
    private static final int CLA = 0x80;
    private static final int DELETE = 0xe4;
    private static final int RANGE = 0xf2;
    private static final int RANGE_SIZE = 3;
    /** KIc, KID and DEK. */
    private static final int SCP80_KEYS = 3;

    /**
     * Keys of one key set.
     *
     * @param version of the key set
     * @param first identifier, from 1
     * @param last identifier, not below {@code first}
     */
    public record KeyRange(int version, int first, int last) {
        /** @throws IllegalArgumentException when there are no such keys */
        public KeyRange {
            if (version < 0x01 || version > 0x7f) {
                throw new IllegalArgumentException("version: 01 to 7F expected");
            }
            if (first < 0x01 || last < first || last > 0x7f) {
                throw new IllegalArgumentException("first, last: key identifiers 01 to 7F in ascending order expected");
            }
        }
    }

    /** @throws IllegalArgumentException when there is nothing to delete */
    public FinaliseIsdRHandover {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("ranges: at least one expected");
        }
    }

    /** Deletes an SCP80 key set whole. */
    public static FinaliseIsdRHandover ofScp80(int version) {
        return new FinaliseIsdRHandover(List.of(new KeyRange(version, 1, SCP80_KEYS)));
    }

    @Override
    public List<CommandApdu> commands() {
        Octets data = Octets.concat(ranges.stream()
                .map(range -> new Tlv(RANGE, Octets.ofInts(range.version(), range.first(), range.last())).encode())
                .toArray(Octets[]::new));
        return List.of(new CommandApdu(CLA, DELETE, 0x00, 0x00, data));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        return Refusals.plainOutcome(responses, Es5Error.LAST_KEY_SET);
    }

    public static Optional<FinaliseIsdRHandover> parse(CommandApdu command) {
        if (command.cla() != CLA || command.ins() != DELETE || command.p1p2() != 0) {
            return Optional.empty();
        }
        List<Tlv> objects = TlvReader.sequence(command.data()).toOptional().orElse(List.of());
        List<KeyRange> ranges = new ArrayList<>();
        for (Tlv object : objects) {
            if (object.tag() != RANGE || object.value().length() != RANGE_SIZE) {
                return Optional.empty();
            }
            try {
                ranges.add(new KeyRange(
                        object.value().at(0),
                        object.value().at(1),
                        object.value().at(2)));
            } catch (IllegalArgumentException noKeys) {
                return Optional.empty();
            }
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(new FinaliseIsdRHandover(ranges));
    }
}
