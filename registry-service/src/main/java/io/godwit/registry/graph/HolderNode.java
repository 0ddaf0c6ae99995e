package io.godwit.registry.graph;

import io.godwit.registry.reuse.HolderView;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A card that held a profile for a time. */
@Type("ProfileHolder")
@Description("A card that held a profile for a time.")
public record HolderNode(
        @NonNull String iccid,
        @NonNull String nid,
        @NonNull Instant from,

        @Description("absent: it holds it now") @Nullable Instant until,

        @Description("Replacement, or why it was told first") @NonNull
        String cause,

        @Description("Replacement, Removed, or by what the card has said it") @Nullable
        String endCause,

        @Description("of the replacement that brought it") @Nullable
        String ticket,

        @Nullable String mode,
        @Nullable String reason,
        @Nullable String approvedBy,

        @Description("the ticket of the replacement by which the card was given up while it held the profile") @Nullable
        String revokedBy,

        @Description("the old card's packet that it has no such profile any more") @Nullable
        Evidence evidence,

        @Description("this card's packet that it has enabled it") @Nullable
        Evidence successorEvidence) {
    /** A packet of a card, under its own keys. */
    @Type("ReplacementEvidence")
    public record Evidence(
            @Description("in hexadecimal") @NonNull String sha256,

            @Description("base64") @NonNull String packet) {}

    static HolderNode of(HolderView view) {
        return new HolderNode(
                view.iccid(),
                view.nid(),
                view.from(),
                view.until(),
                view.cause(),
                view.endCause(),
                view.ticket(),
                view.mode(),
                view.reason(),
                view.approvedBy(),
                view.revokedBy(),
                evidence(view.evidence()),
                evidence(view.successorEvidence()));
    }

    private static @Nullable Evidence evidence(HolderView.@Nullable Evidence of) {
        return of == null ? null : new Evidence(of.sha256(), of.packet());
    }
}
