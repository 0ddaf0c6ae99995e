package io.godwit.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paper's {@code type}: {@code trigger}, {@code msg}, {@code ret(trigger)}, {@code ret(msg)}, {@code req(nid2)} or
 * {@code profile(nid1)}. The last two carry the id of the peer inside the string, as the paper writes them.
 */
public record MessageType(Kind kind, @Nullable Nid peer) {
    public static final MessageType TRIGGER = new MessageType(Kind.TRIGGER, null);
    public static final MessageType MSG = new MessageType(Kind.MSG, null);
    public static final MessageType RET_TRIGGER = new MessageType(Kind.RET_TRIGGER, null);
    public static final MessageType RET_MSG = new MessageType(Kind.RET_MSG, null);

    /** The type without the peer's id. */
    public enum Kind {
        TRIGGER("trigger"),
        MSG("msg"),
        RET_TRIGGER("ret(trigger)"),
        RET_MSG("ret(msg)"),
        REQ("req"),
        PROFILE("profile");

        private final String literal;

        Kind(String literal) {
            this.literal = literal;
        }

        /** Whether the type string carries the id of another device. */
        public boolean namesPeer() {
            return this == REQ || this == PROFILE;
        }
    }

    /** @throws IllegalArgumentException when {@code kind} asks for a peer and there is none, or the reverse */
    public MessageType {
        requireNonNull(kind, "kind is null");
        if (kind.namesPeer() != (peer != null)) {
            throw new IllegalArgumentException("type: only req(nid) and profile(nid) name a peer");
        }
    }

    /** {@code req(nid2)}: the device that asks for a profile. */
    public static MessageType req(Nid requester) {
        return new MessageType(Kind.REQ, requester);
    }

    /** {@code profile(nid1)}: the device that the profile comes from. */
    public static MessageType profile(Nid source) {
        return new MessageType(Kind.PROFILE, source);
    }

    /** The type as it stands in a message. */
    public String literal() {
        return peer == null ? kind.literal : kind.literal + "(" + peer + ")";
    }

    /** The type of that exact spelling. */
    public static Optional<MessageType> of(String literal) {
        return switch (literal) {
            case "trigger" -> Optional.of(TRIGGER);
            case "msg" -> Optional.of(MSG);
            case "ret(trigger)" -> Optional.of(RET_TRIGGER);
            case "ret(msg)" -> Optional.of(RET_MSG);
            default -> withPeer(literal);
        };
    }

    private static Optional<MessageType> withPeer(String literal) {
        for (Kind kind : new Kind[] {Kind.REQ, Kind.PROFILE}) {
            String opening = kind.literal + "(";
            if (literal.startsWith(opening) && literal.endsWith(")")) {
                String peer = literal.substring(opening.length(), literal.length() - 1);
                return Nid.isValid(peer) ? Optional.of(new MessageType(kind, new Nid(peer))) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
