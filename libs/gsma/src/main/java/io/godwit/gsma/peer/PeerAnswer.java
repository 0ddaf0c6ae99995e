package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What a card answers to a {@link PeerCommand}: {@code E3 L { 83 05 floor | [4F L AID | 9F70 01 state] }}.
 *
 * @param floor no ticket up to this counter is good for the card
 * @param profile the one with the ICCID of the command; empty: it is not on the card
 */
public record PeerAnswer(Counter floor, Optional<Held> profile) {
    private static final int ANSWER = 0xe3;
    private static final int FLOOR = 0x83;
    private static final int ISD_P = 0x4f;
    private static final int STATE = 0x9f70;

    /** How a profile stands in a move. */
    public enum State {
        /** In none. */
        FREE(0),
        /** Exported: nothing enables it but after an unlock. */
        LOCKED(1),
        /** Imported: nothing but the SM-SR's EnableProfile enables it. */
        PENDING(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        static Optional<State> of(int code) {
            return List.of(values()).stream()
                    .filter(state -> state.code == code)
                    .findFirst();
        }
    }

    /** @param isdP where it is */
    public record Held(Aid isdP, State state) {
        public Held {
            requireNonNull(isdP, "isdP is null");
            requireNonNull(state, "state is null");
        }
    }

    public PeerAnswer {
        requireNonNull(floor, "floor is null");
        requireNonNull(profile, "profile is null");
    }

    public Octets encode() {
        Octets held = profile.map(one -> new Tlv(ISD_P, one.isdP().toOctets())
                        .encode()
                        .plus(new Tlv(STATE, Octets.ofInts(one.state().code)).encode()))
                .orElse(Octets.EMPTY);
        return new Tlv(ANSWER, new Tlv(FLOOR, floor.toOctets()).encode().plus(held)).encode();
    }

    public static Parsed<PeerAnswer> decode(Octets octets) {
        return TlvReader.single(octets, ANSWER).then(Tlv::children).then(fields -> {
            try {
                return Parsed.read(read(new Fields(fields)));
            } catch (IllegalArgumentException e) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        });
    }

    private static PeerAnswer read(Fields fields) {
        Counter floor = Counter.of(fields.required(FLOOR, 5));
        Optional<Held> held = fields.optional(ISD_P)
                .map(aid -> new Held(
                        Aid.of(aid),
                        State.of(fields.required(STATE, 1).at(0))
                                .orElseThrow(() -> new IllegalArgumentException("state: 0, 1 or 2 expected"))));
        fields.requireEnd();
        return new PeerAnswer(floor, held);
    }
}
