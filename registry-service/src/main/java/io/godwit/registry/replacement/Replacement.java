package io.godwit.registry.replacement;

import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ReplacementParties;
import io.godwit.registry.replacement.ReplacementFact.Progressed;
import io.godwit.registry.replacement.ReplacementFact.Stuck;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a replacement by the facts of its stages. Pure: a fact that was told before changes nothing.
 *
 * @param sequence of the last fact
 * @param holder whose card has the right to the subscription, as told last
 * @param stuck why it does not go on; {@code null} when it does
 * @param forced whether the successor gets a profile of its own, and this one stays the old card's
 * @param byPolicy whether a fact that is not stored yet has said that no operator was asked
 * @param evidence the packet on which the move rests
 * @param successorEvidence the packet by which the new card has said that it has enabled it
 */
public record Replacement(
        ReplacementParties parties,
        long sequence,
        String stage,
        Nid holder,
        @Nullable Outcome outcome,
        @Nullable Stuck stuck,
        boolean forced,
        boolean byPolicy,
        Times times,
        @Nullable Octets evidence,
        @Nullable Octets successorEvidence) {
    /**
     * When it came so far; {@code null}: it did not.
     *
     * @param installing the profile was to come to the new card
     * @param moved the right came to be the successor's
     */
    public record Times(
            Instant requested,
            Instant updated,
            @Nullable Instant installing,
            @Nullable Instant moved,
            @Nullable Instant ended) {
        Times at(Instant now) {
            return new Times(requested, now, installing, moved, ended);
        }
    }

    /** What its first fact makes of it. */
    public static Replacement begun(ReplacementParties parties, ReplacementFact first) {
        Times times = new Times(first.at(), first.at(), null, null, null);
        boolean forced = parties.mode().equals(Stages.FORCED);
        return new Replacement(
                        parties,
                        Long.MIN_VALUE,
                        Stages.REQUESTED,
                        parties.old(),
                        null,
                        null,
                        forced,
                        false,
                        times,
                        null,
                        null)
                .then(first);
    }

    /** What {@code fact} makes of it; the same where it was told before. */
    public Replacement then(ReplacementFact fact) {
        if (fact.sequence() <= sequence) {
            return this;
        }
        return fact instanceof Progressed progressed ? progressed(progressed) : stuck((Stuck) fact);
    }

    /** The same; until a ticket is out, the operator may say by which mode. */
    public Replacement then(ReplacementParties told, ReplacementFact fact) {
        return fact.sequence() <= sequence
                ? this
                : new Replacement(
                                told,
                                sequence,
                                stage,
                                holder,
                                outcome,
                                stuck,
                                forced,
                                byPolicy,
                                times,
                                evidence,
                                successorEvidence)
                        .then(fact);
    }

    private Replacement stuck(Stuck fact) {
        return new Replacement(
                parties,
                fact.sequence(),
                stage,
                holder,
                outcome,
                fact,
                forced,
                byPolicy,
                times.at(fact.at()),
                evidence,
                successorEvidence);
    }

    private Replacement progressed(Progressed fact) {
        boolean nowForced = forced || fact.forced() || fact.stage().equals(Stages.FORCED);
        boolean installs =
                !nowForced && times.installing() == null && fact.stage().equals(Stages.INSTALLING);
        boolean moves = !nowForced
                && times.moved() == null
                && Stages.MOVED.contains(fact.stage())
                && fact.holder().equals(parties.successor());
        Times reached = new Times(
                times.requested(),
                fact.at(),
                installs ? fact.at() : times.installing(),
                moves ? fact.at() : times.moved(),
                Stages.ENDS.contains(fact.stage()) ? fact.at() : times.ended());
        return new Replacement(
                parties,
                fact.sequence(),
                fact.stage(),
                fact.holder(),
                fact.outcome(),
                null,
                nowForced,
                byPolicy || (stage.equals(Stages.REQUESTED) && fact.stage().equals(Stages.GRANTED)),
                reached,
                fact.evidence() == null ? evidence : fact.evidence(),
                fact.successorEvidence() == null ? successorEvidence : fact.successorEvidence());
    }
}
