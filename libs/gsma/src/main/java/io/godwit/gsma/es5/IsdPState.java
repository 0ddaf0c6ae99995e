package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * One ISD-P in an audit: {@code E3 L {4F L AID | 9F70 01 state | 53 01 fall-back | 8F L granted | 91 L remaining}}.
 *
 * @param grantedMemory octets of non-volatile memory, all that the ISD-P may use; 0 when the card did not tell
 * @param remainingMemory octets of it that are free; 0 when the card did not tell
 */
public record IsdPState(Aid aid, LifeCycle state, boolean fallback, int grantedMemory, int remainingMemory) {
    static final int TEMPLATE = 0xe3;

    private static final int STATE = 0x9f70;
    private static final int ATTRIBUTES = 0x53;
    private static final int GRANTED = 0x8f;
    private static final int REMAINING = 0x91;

    /** @throws IllegalArgumentException when an amount of memory is negative */
    public IsdPState {
        requireNonNull(aid, "aid is null");
        requireNonNull(state, "state is null");
        if (grantedMemory < 0 || remainingMemory < 0) {
            throw new IllegalArgumentException("memory: not negative expected");
        }
    }

    public Octets encode() {
        return Tlv.of(
                        TEMPLATE,
                        IsdRCommands.aidObject(aid),
                        new Tlv(STATE, Octets.ofInts(state.code())),
                        new Tlv(ATTRIBUTES, Octets.ofInts(fallback ? 1 : 0)),
                        Resources.number(GRANTED, grantedMemory),
                        Resources.number(REMAINING, remainingMemory))
                .encode();
    }

    /** Reads the object {@code template}; fields that are not ours are passed over, as GET STATUS may have more. */
    static Parsed<IsdPState> decode(Tlv template) {
        if (template.tag() != TEMPLATE) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        return TlvFields.within(template).then(IsdPState::read);
    }

    private static Parsed<IsdPState> read(TlvFields fields) {
        Optional<Aid> aid = fields.value(IsdRCommands.AID).flatMap(IsdRCommands::aid);
        Optional<LifeCycle> state = fields.number(STATE).flatMap(LifeCycle::ofCode);
        if (aid.isEmpty() || state.isEmpty()) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        return Parsed.read(new IsdPState(
                aid.get(),
                state.get(),
                (fields.number(ATTRIBUTES).orElse(0) & 1) != 0,
                fields.number(GRANTED).orElse(0),
                fields.number(REMAINING).orElse(0)));
    }
}
