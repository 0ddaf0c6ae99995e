package io.godwit.registry.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.registry.order.FunctionBody;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A card's request that an operator is to say yes or no to, or has.
 *
 * @param ticket the id of the operation that carries it out
 * @param nid the card that asked
 * @param gid the group that it is for; absent: the card itself
 * @param function what is carried out when it is approved; absent where it is a profile of {@code template}
 * @param state {@code Waiting}, {@code Approved}, {@code Refused} or {@code Expired}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ClientRequest")
public record RequestView(
        String ticket,
        String nid,
        @Nullable String gid,
        String reason,
        @Nullable FunctionBody function,
        @Nullable String template,
        String state,
        Instant askedAt,
        Instant expiresAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {}
