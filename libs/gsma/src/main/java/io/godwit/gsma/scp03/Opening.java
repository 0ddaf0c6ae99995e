package io.godwit.gsma.scp03;

import java.util.function.Function;

/** What came out of a protected message. */
public sealed interface Opening<T> {
    /** It was whole and from the one who has the keys. */
    record Opened<T>(T value) implements Opening<T> {}

    /** It was not; the channel stays as it was before, and the protocol says to end it. */
    record Refused<T>(ChannelRefusal reason) implements Opening<T> {}

    static <T> Opening<T> opened(T value) {
        return new Opened<>(value);
    }

    static <T> Opening<T> refused(ChannelRefusal reason) {
        return new Refused<>(reason);
    }

    /** The same with another value, or the same reason. */
    default <U> Opening<U> map(Function<? super T, ? extends U> change) {
        if (this instanceof Opened<T> opened) {
            return opened(change.apply(opened.value()));
        }
        return refused(((Refused<T>) this).reason());
    }
}
