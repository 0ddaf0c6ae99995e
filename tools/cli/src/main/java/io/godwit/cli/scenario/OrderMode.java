package io.godwit.cli.scenario;

import java.util.Arrays;
import java.util.Optional;

/** How a group is served. */
public enum OrderMode {
    /** Each member is triggered and commanded on its own: A1 and B1 for each. */
    SINGLE("single"),
    /** One A1 and one C1 for all; B1 only for those that it does not reach. */
    GROUP("group"),
    /** No order on a group: a profile of its own for each member, with A1 and several B1. */
    DOWNLOAD("download");

    private final String literal;

    OrderMode(String literal) {
        this.literal = literal;
    }

    /** As it stands in an order. */
    public String literal() {
        return literal;
    }

    /** The mode of that name; empty when there is none. */
    public static Optional<OrderMode> of(String literal) {
        return Arrays.stream(values())
                .filter(mode -> mode.literal.equals(literal))
                .findFirst();
    }

    @Override
    public String toString() {
        return literal;
    }
}
