package io.godwit.local.process;

import static java.util.Objects.requireNonNull;

/** What came of really connecting to a component. */
public sealed interface Answer {
    /** It serves. */
    record Ready() implements Answer {}

    /** It does not, or not yet. */
    record Silent(String reason) implements Answer {
        public Silent {
            requireNonNull(reason, "reason is null");
        }
    }

    /** Whether it serves. */
    default boolean ready() {
        return this instanceof Ready;
    }
}
