package io.godwit.provisioning.procedure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A card with the procedures on it that have no outcome yet, in the order of their turns. At most one is outstanding; the
 * platform's own go before what was ordered, since they make the EIS right.
 */
public record CardFile(Card card, List<Procedure> procedures) {
    public CardFile {
        procedures = procedures.stream()
                .sorted(Comparator.comparingLong(Procedure::position))
                .toList();
    }

    /** Decides what {@code input} means for the card and all that waits on it. */
    public CardDecision decide(CardInput input, Moment moment) {
        return new Folding(this, moment).fold(input);
    }

    /** The procedure that has the card's one place. */
    public Optional<Procedure> outstanding() {
        return procedures.stream()
                .filter(procedure -> procedure.state().isOutstanding())
                .findFirst();
    }
}
