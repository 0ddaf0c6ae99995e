package io.godwit.provisioning.procedure;

/** One rule of POL2 (SGP.02 section 2.4); its subject is always the profile. */
public record Pol2Rule(Action action, Qualification qualification) {
    /** What the rule is about; the names are those of the EIS. */
    public enum Action {
        ENABLE,
        DISABLE,
        DELETE
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
}
