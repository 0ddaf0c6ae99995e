package io.godwit.gsma;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came out of reading octets that somebody else wrote: the value, or the reason why there is none. No decoder of
 * this library throws for what it reads.
 */
public sealed interface Parsed<T> {
    /** The octets were {@code value}, wholly. */
    record Read<T>(T value) implements Parsed<T> {}

    /** The octets were nothing we accept. */
    record Malformed<T>(Malformation reason) implements Parsed<T> {}

    static <T> Parsed<T> read(T value) {
        return new Read<>(value);
    }

    static <T> Parsed<T> malformed(Malformation reason) {
        return new Malformed<>(reason);
    }

    /** Goes on with the value, or keeps the reason. */
    default <U> Parsed<U> then(Function<? super T, Parsed<U>> next) {
        if (this instanceof Read<T> read) {
            return next.apply(read.value());
        }
        return malformed(((Malformed<T>) this).reason());
    }

    /** The value, where the reason does not matter. */
    default Optional<T> toOptional() {
        return this instanceof Read<T> read ? Optional.of(read.value()) : Optional.empty();
    }
}
