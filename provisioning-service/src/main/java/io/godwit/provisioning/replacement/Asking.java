package io.godwit.provisioning.replacement;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The orders to cards: at most one is waited for.
 *
 * @param pending the one that has no outcome yet; {@code null}: there is none
 * @param next what is ordered next, at the due time or when the card comes
 * @param made how many there were
 */
public record Asking(@Nullable CardOrder pending, @Nullable Function next, int made) {
    public static final Asking NOTHING = new Asking(null, null, 0);

    Asking order(String by, Nid nid, Function function, Iccid iccid, Instant validUntil) {
        int number = made + 1;
        return new Asking(new CardOrder(by, by + "." + number, nid, function, iccid, validUntil), null, number);
    }

    Asking later(Function function) {
        return new Asking(null, function, made);
    }

    Asking none() {
        return new Asking(null, null, made);
    }

    /** The one that is waited for, if it is that order. */
    public Optional<CardOrder> find(String order) {
        return Optional.ofNullable(pending).filter(waiting -> waiting.id().equals(order));
    }
}
