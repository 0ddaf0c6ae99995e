package io.godwit.protocol.record;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.json.Json;

/** What a card holds of one profile, as the SM-SR knows it. */
public record ProfileState(Aid isdPAid, Iccid iccid, State state, boolean fallbackAttribute) {
    /** The states of a profile in an EIS (SGP.02 v4.2 ES4.GetEIS). */
    public enum State {
        IN_CREATION("In-Creation"),
        CREATED("Created"),
        DISABLED("Disabled"),
        ENABLED("Enabled"),
        DELETED("Deleted");

        private final String literal;

        State(String literal) {
            this.literal = literal;
        }

        public String literal() {
            return literal;
        }

        /** @throws IllegalArgumentException when no state has that name */
        public static State of(String literal) {
            for (State state : values()) {
                if (state.literal.equals(literal)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("state: use In-Creation, Created, Disabled, Enabled or Deleted");
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("isdPAid", isdPAid.hex())
                .put("iccid", iccid.digits())
                .put("state", state.literal())
                .put("fallbackAttribute", fallbackAttribute)
                .build();
    }

    public static ProfileState fromJson(Fields fields) {
        return new ProfileState(
                fields.value("isdPAid", Aid::new),
                fields.value("iccid", Iccid::new),
                fields.value("state", State::of),
                fields.truth("fallbackAttribute"));
    }
}
