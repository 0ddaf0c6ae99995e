package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What came out of reading a profile package or a part of it: the value, or the place and the reason why there is none. */
public sealed interface Reading<T> {
    /** The octets were {@code value}, wholly: encoded again, it gives the same octets. */
    record Read<T>(T value) implements Reading<T> {
        public Read {
            requireNonNull(value, "value is null");
        }
    }

    /** The octets were nothing we accept. */
    record Refused<T>(PackageFault fault) implements Reading<T> {
        public Refused {
            requireNonNull(fault, "fault is null");
        }
    }

    /** The value, where the fault does not matter. */
    default Optional<T> toOptional() {
        return this instanceof Read<T> read ? Optional.of(read.value()) : Optional.empty();
    }
}
