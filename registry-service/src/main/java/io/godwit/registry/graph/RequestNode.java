package io.godwit.registry.graph;

import io.godwit.registry.request.RequestView;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A card's request that an operator is to say yes or no to, or has. */
@Type("ClientRequest")
@Description("A card's request that an operator is to say yes or no to, or has.")
public record RequestNode(
        @Description("the id of the operation that carries it out") @NonNull
        String ticket,

        @NonNull String nid,

        @Description("the group that it is for; absent: the card itself") @Nullable
        String gid,

        @NonNull String reason,
        @Nullable FunctionNode function,

        @Description("of which a profile is downloaded, instead of a function") @Nullable
        String template,

        @Description("Waiting, Approved, Refused or Expired") @NonNull
        String state,

        @NonNull Instant askedAt,
        @NonNull Instant expiresAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {
    static RequestNode of(RequestView view) {
        return new RequestNode(
                view.ticket(),
                view.nid(),
                view.gid(),
                view.reason(),
                FunctionNode.of(view.function()),
                view.template(),
                view.state(),
                view.askedAt(),
                view.expiresAt(),
                view.decidedBy(),
                view.decidedAt());
    }
}
