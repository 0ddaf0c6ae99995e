package io.godwit.registry.graph;

import io.godwit.registry.order.OperationMember;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A card's part in an operation, and its outcome once it has one. */
@Type("Outcome")
@Description("A card's part in an operation, and its outcome once it has one.")
public record OutcomeNode(
        @NonNull String nid,
        @NonNull String procedure,

        @Description("as the SM-SR names it; Succeeded, Failed or Expired with an outcome") @NonNull
        String state,

        @Description("SGP.02 function execution status; absent until the card has its outcome") @Nullable
        String status,

        @Nullable String code,
        @Nullable String detail,

        @Description("the step that brought the command to the card, B1 or C1") @Nullable
        String commandedBy,

        @NonNull Instant updatedAt) {

    static OutcomeNode of(OperationMember.View member) {
        OperationMember.Ending ending = member.outcome();
        return new OutcomeNode(
                member.nid(),
                member.procedure(),
                member.state(),
                ending == null ? null : ending.status(),
                ending == null ? null : ending.code(),
                ending == null ? null : ending.detail(),
                member.commandedBy(),
                member.updatedAt());
    }
}
