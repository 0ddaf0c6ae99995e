package io.godwit.registry.replacement;

import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was told of one replacement. */
public sealed interface ReplacementFact {
    /** Rises with each of the replacement's facts. */
    long sequence();

    Instant at();

    /**
     * It came to a stage.
     *
     * @param stage as provisioning names it; one that is not known here is shown as it is
     * @param holder whose card has the right from now on
     * @param outcome at the end
     * @param evidence the old card's response packet that it has no such profile any more
     * @param successorEvidence the new card's packet that it has enabled it
     * @param forced whether the old card is given up
     */
    record Progressed(
            long sequence,
            Instant at,
            String stage,
            Nid holder,
            @Nullable Outcome outcome,
            @Nullable Octets evidence,
            @Nullable Octets successorEvidence,
            boolean forced)
            implements ReplacementFact {}

    /** It does not go on without people. */
    record Stuck(long sequence, Instant at, String code, String detail) implements ReplacementFact {}
}
