package io.godwit.registry.order;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.CampaignPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation to be remembered.
 *
 * @param origin {@code order} or {@code client}
 * @param nid of an operation on one card; {@code gid} is then {@code null}, and the other way round
 * @param mode and {@code plan}: of a group order in group mode
 * @param owner the operator of profiles in whose name it was ordered; {@code null}: in the tenant's
 * @param idempotencyKey and {@code requestHash}: of the request, where it had one
 */
public record NewOperation(
        String id,
        FunctionColumns function,
        @Nullable Nid nid,
        @Nullable Gid gid,
        OperationMode mode,
        @Nullable CampaignPlan plan,
        String origin,
        String requester,
        @Nullable ProfileOwner owner,
        @Nullable String idempotencyKey,
        @Nullable String requestHash,
        Instant createdAt,
        @Nullable Instant validUntil) {
    public static final String ORDER = "order";
    public static final String CLIENT = "client";

    /** An operation on one card, without a key. */
    public static NewOperation onCard(
            String id, FunctionColumns function, Nid nid, String origin, String requester, Instant createdAt) {
        return new NewOperation(
                id,
                function,
                nid,
                null,
                OperationMode.SINGLE,
                null,
                origin,
                requester,
                null,
                null,
                null,
                createdAt,
                null);
    }
}
