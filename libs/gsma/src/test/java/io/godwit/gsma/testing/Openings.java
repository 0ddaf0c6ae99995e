package io.godwit.gsma.testing;

import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.Opening;
import java.util.Optional;

/** Takes an {@link Opening} apart where a test knows, or asks, which one it is. */
public final class Openings {
    private Openings() {}

    public static <T> T value(Opening<T> opening) {
        if (opening instanceof Opening.Opened<T> opened) {
            return opened.value();
        }
        throw new AssertionError("refused: " + refusal(opening).orElseThrow());
    }

    public static Optional<ChannelRefusal> refusal(Opening<?> opening) {
        return opening instanceof Opening.Refused<?> refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
