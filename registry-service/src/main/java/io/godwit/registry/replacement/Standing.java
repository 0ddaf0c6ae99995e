package io.godwit.registry.replacement;

import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an operator's word still is in time, as far as is known here. Provisioning decides in any case: it may be further than it has
 * told. Pure.
 *
 * @param stuck whether people were told that it does not go on by itself
 * @param last what was said last; {@code null}: nothing
 */
record Standing(
        String stage,
        boolean forced,
        boolean stuck,
        @Nullable ReplacementVerdict last) {
    /** What is to be done with a word. */
    sealed interface Answer {
        /** It is to be ordered. */
        record Order() implements Answer {}

        /** It was said before: the same answer, and no second order. */
        record Same() implements Answer {}

        /** It contradicts that member of the replacement. */
        record Refused(String member, String remedy) implements Answer {}
    }

    Answer to(ReplacementVerdict asked) {
        if (asked == ReplacementVerdict.CANCEL && stage.equals(Stages.ENABLING) && stuck) {
            // Also where it was said before: then it was for the old card, and too late.
            return new Answer.Order();
        }
        if (asked == last) {
            return new Answer.Same();
        }
        if (Stages.ENDS.contains(stage)) {
            return new Answer.Refused("stage", "the replacement has ended; the new device may ask anew");
        }
        if (last == ReplacementVerdict.REFUSE || last == ReplacementVerdict.CANCEL) {
            return new Answer.Refused(
                    "decision",
                    "it was " + (last == ReplacementVerdict.REFUSE ? "refused" : "cancelled")
                            + " before; the new device may ask anew");
        }
        return asked == ReplacementVerdict.CANCEL ? cancel() : approveOrRefuse(asked);
    }

    /** Why its old card cannot be given up by forcing it, and what to do instead; empty: it can. */
    Optional<String> againstForcing(String mode) {
        if (Stages.isForceable(stage, mode)) {
            return Optional.empty();
        }
        if (Stages.UNTOUCHED.contains(stage)) {
            return Optional.of(
                    "no card was touched yet: order a successor with POST /v1/replacements, which ends this one");
        }
        return Optional.of(
                Stages.ENDS.contains(stage)
                        ? "the replacement has ended: order a successor with POST /v1/replacements"
                        : "the old card is without the profile, or is not waited for: wait for its end, or cancel it when it is"
                                + " stuck at " + Stages.ENABLING);
    }

    private Answer approveOrRefuse(ReplacementVerdict asked) {
        if (stage.equals(Stages.REQUESTED)) {
            return new Answer.Refused(
                    "stage", "both cards are still looked at; try again when the stage is " + Stages.AWAITING_APPROVAL);
        }
        boolean waits = stage.equals(Stages.AWAITING_APPROVAL) && last == null;
        if (waits) {
            return new Answer.Order();
        }
        return new Answer.Refused(
                stage.equals(Stages.AWAITING_APPROVAL) ? "decision" : "stage",
                asked == ReplacementVerdict.APPROVE
                        ? "it does not wait for an approval; there is nothing to approve"
                        : "it was allowed already; cancel it instead");
    }

    private Answer cancel() {
        if (Stages.ON_ITS_WAY_BACK.contains(stage)) {
            return new Answer.Refused("stage", "it is on its way back already; wait for its end");
        }
        if (stage.equals(Stages.INSTALLING) && forced) {
            return new Answer.Refused("stage", "the new card gets a profile of its own already; wait for its end");
        }
        if (stage.equals(Stages.ENABLING)) {
            return new Answer.Refused(
                    "stage",
                    "the profile is the new card's already, which is ordered to enable it; cancel when it is stuck");
        }
        return Stages.EARLY.contains(stage)
                ? new Answer.Order()
                : new Answer.Refused(
                        "stage",
                        "the old card was told to delete the profile, which nothing takes back; wait for its end");
    }
}
