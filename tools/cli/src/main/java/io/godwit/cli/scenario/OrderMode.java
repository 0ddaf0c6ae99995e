package io.godwit.cli.scenario;

/** How a group is served. */
public enum OrderMode {
    /** Each member is triggered and commanded on its own: A1 and B1 for each. */
    SINGLE("single"),
    /** One A1 and one C1 for all; B1 only for those that it does not reach. */
    GROUP("group");

    private final String literal;

    OrderMode(String literal) {
        this.literal = literal;
    }

    /** As it stands in an order. */
    public String literal() {
        return literal;
    }

    @Override
    public String toString() {
        return literal;
    }
}
