package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;

/** One rule of POL2 (SGP.02 section 2.4); its subject is always the profile. */
public record Pol2Rule(Action action, Qualification qualification) {
    /** The subject of every rule, as an EIS has it. */
    public static final String SUBJECT = "PROFILE";

    /** What the rule is about; the names are those of the EIS. */
    public enum Action {
        ENABLE,
        DISABLE,
        DELETE;

        /** @throws IllegalArgumentException when there is none of that name */
        public static Action of(String literal) {
            for (Action action : values()) {
                if (action.name().equals(literal)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("action: use ENABLE, DISABLE or DELETE");
        }
    }

    /** What it says about it. */
    public enum Qualification {
        NOT_ALLOWED("NotAllowed"),
        AUTO_DELETE("AutoDelete");

        private final String literal;

        Qualification(String literal) {
            this.literal = literal;
        }

        public String literal() {
            return literal;
        }

        /** @throws IllegalArgumentException when there is none of that name */
        public static Qualification of(String literal) {
            for (Qualification qualification : values()) {
                if (qualification.literal.equals(literal)) {
                    return qualification;
                }
            }
            throw new IllegalArgumentException("qualification: use NotAllowed or AutoDelete");
        }
    }

    /** For people: {@code DISABLE NotAllowed}. */
    public String sentence() {
        return action + " " + qualification.literal();
    }

    /** As an EIS has it: {@link #toJson} with the subject in front. */
    public Json.Obj toEis() {
        return Json.object()
                .put("subject", SUBJECT)
                .put("action", action.name())
                .put("qualification", qualification.literal())
                .build();
    }

    /** {@code {"action": "DISABLE", "qualification": "NotAllowed"}}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("action", action.name())
                .put("qualification", qualification.literal())
                .build();
    }

    public static Pol2Rule fromJson(Fields fields) {
        return new Pol2Rule(fields.value("action", Action::of), fields.value("qualification", Qualification::of));
    }
}
