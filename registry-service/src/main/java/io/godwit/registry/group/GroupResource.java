package io.godwit.registry.group;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.order.FunctionBody;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.request.RequestPolicyBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Groups of the caller's tenant. */
@Path("/v1/groups")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "groups")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class GroupResource {
    private final CardGroups groups;
    private final GroupChanges changes;
    private final CurrentTenant caller;

    public GroupResource(CardGroups groups, GroupChanges changes, CurrentTenant caller) {
        this.groups = groups;
        this.changes = changes;
        this.caller = caller;
    }

    /**
     * With neither, the group says nothing of requests, and the tenant's policy answers.
     *
     * @param onRequest short for a rule that gives this function to whoever asks, at once
     * @param requests what members get that ask by themselves; instead of {@code onRequest}
     */
    @Schema(name = "GroupPolicy")
    public record Policy(
            @Nullable FunctionBody onRequest, @Nullable RequestPolicyBody requests) {
        RequestPolicy parse() {
            if (onRequest != null && requests != null) {
                throw new ProblemException(
                        Problem.invalid("onRequest", "leave it out: requests says all of the policy"));
            }
            if (onRequest != null) {
                return RequestPolicy.automatic(FunctionBody.parseForMany(onRequest, "onRequest"));
            }
            return requests == null ? RequestPolicy.NONE : requests.parse("requests");
        }
    }

    @PUT
    @Path("{gid}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Make a group, or change what it answers to a card that asks by itself")
    public CardGroup.View put(@PathParam("gid") String gid, @Nullable Policy policy) throws SQLException {
        changes.put(
                caller.require(),
                PathIds.of("gid", gid, Gid::new),
                policy == null ? RequestPolicy.NONE : policy.parse(),
                caller.subject());
        return get(gid);
    }

    @GET
    @Path("{gid}")
    @Operation(summary = "A group with its members counted")
    public CardGroup.View get(@PathParam("gid") String gid) {
        caller.require();
        return groups.view(gid).orElseThrow(() -> new ProblemException(Problem.notFound("group")));
    }

    @GET
    @Operation(summary = "Groups in the order of their ids")
    public Page<CardGroup.View> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        caller.require();
        return groups.slice(PageRequest.of(cursor, limit)).page();
    }
}
