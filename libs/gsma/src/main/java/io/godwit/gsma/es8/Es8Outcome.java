package io.godwit.gsma.es8;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.function.Function;

/** What became of one step of key establishment, read from the last answer of its script. */
public sealed interface Es8Outcome<T> {
    /** The card has done it, and answered {@code value}. */
    record Accepted<T>(T value) implements Es8Outcome<T> {}

    /** The card refused and changed nothing. */
    record Refused<T>(StatusWord status, Es8Error reason) implements Es8Outcome<T> {}

    /** No answer: the script ended before this command. */
    record NotAnswered<T>() implements Es8Outcome<T> {}

    /** It answered with success, and with data that are not those of this command. */
    record Unreadable<T>(Malformation reason) implements Es8Outcome<T> {}

    /** The last of {@code responses}, which are those of one script. */
    static <T> Es8Outcome<T> of(List<ResponseApdu> responses, Function<Octets, Parsed<T>> reading) {
        if (responses.isEmpty()) {
            return new NotAnswered<>();
        }
        ResponseApdu last = responses.get(responses.size() - 1);
        if (!last.status().isSuccess()) {
            return new Refused<>(last.status(), Es8Error.of(last.status()));
        }
        Parsed<T> read = reading.apply(last.data());
        return read instanceof Parsed.Malformed<T> malformed
                ? new Unreadable<>(malformed.reason())
                : new Accepted<>(((Parsed.Read<T>) read).value());
    }
}
