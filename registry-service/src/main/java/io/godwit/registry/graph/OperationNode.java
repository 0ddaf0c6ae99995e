package io.godwit.registry.graph;

import io.godwit.registry.order.Operation;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** An operation and how it goes. */
@Type("Operation")
@Description("An operation on one card or on a group, and how it goes.")
public record OperationNode(
        @NonNull String id,

        @Description("absent until known: a device's request is told before its function is") @Nullable
        FunctionNode function,

        @Nullable String nid,
        @Nullable String gid,

        @Description("single: one message a card; group: one for the whole group") @NonNull
        String mode,

        @Description("order or client") @NonNull String origin,
        @NonNull String requester,

        @Description("the operator of profiles that ordered it, on its own profiles only; absent: the tenant did")
        @Nullable
        String profileOwner,

        @Description("Pending, Running, Completed or Failed") @NonNull
        String status,

        @Nullable Failure failure,

        @Description("how many cards will each have one outcome; absent until a group order was expanded") @Nullable
        Integer members,

        @NonNull List<@NonNull Count> counts,
        int succeeded,
        int failed,
        int expired,
        @Description("in group mode only") @Nullable CampaignNode campaign,

        @NonNull Instant createdAt,
        @Nullable Instant validUntil,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {
    public OperationNode {
        counts = List.copyOf(counts);
    }

    /** Why an operation could not be carried out at all. */
    @Type("OperationFailure")
    public record Failure(@NonNull String code, @NonNull String detail) {}

    /** How many of the operation's cards are in a state. */
    @Type("StateCount")
    public record Count(@NonNull String state, int cards) {}

    static OperationNode of(Operation.View operation) {
        return new OperationNode(
                operation.id(),
                FunctionNode.of(operation.function()),
                operation.nid(),
                operation.gid(),
                operation.mode(),
                operation.origin(),
                operation.requester(),
                operation.profileOwner(),
                operation.status(),
                operation.failure() == null
                        ? null
                        : new Failure(
                                operation.failure().code(), operation.failure().detail()),
                operation.members() == null ? null : Integer.valueOf(Counted.whole(operation.members())),
                operation.counts().entrySet().stream()
                        .map(count -> new Count(count.getKey(), Counted.whole(count.getValue())))
                        .toList(),
                Counted.whole(operation.succeeded()),
                Counted.whole(operation.failed()),
                Counted.whole(operation.expired()),
                operation.campaign() == null ? null : CampaignNode.of(operation.campaign()),
                operation.createdAt(),
                operation.validUntil(),
                operation.startedAt(),
                operation.completedAt());
    }
}
