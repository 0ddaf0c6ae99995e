package io.godwit.registry.group;

import io.godwit.kit.problem.Problem;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.group.BulkMembershipAnswer.Whole;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many members leave a group at once. */
@Path("/v1/groups/{gid}/leave")
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "groups")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class LeaveResource {
    private final BulkMembershipAnswer bulk;

    public LeaveResource(BulkMembershipAnswer bulk) {
        this.bulk = bulk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Let up to 10,000 cards leave a group, each with a result of its own; with reason=security all in one"
                            + " transaction, and the group's epoch rises once")
    public Whole leaveAll(
            @PathParam("gid") String gid,
            @QueryParam("reason") @Nullable String reason,
            @RequestBody(content = @Content(schema = @Schema(implementation = String[].class))) InputStream nids)
            throws SQLException, IOException {
        return bulk.ofArray(gid, nids, PathIds.leaving(reason));
    }

    @POST
    @Consumes(BulkMembershipAnswer.NDJSON)
    @Produces(BulkMembershipAnswer.NDJSON)
    @Operation(summary = "The same with one nid a line, a JSON string; each line is answered by a line")
    public StreamingOutput leaveLines(
            @PathParam("gid") String gid,
            @QueryParam("reason") @Nullable String reason,
            @RequestBody(content = @Content(schema = @Schema(implementation = String.class))) InputStream nids)
            throws SQLException, IOException {
        return bulk.ofLines(gid, nids, PathIds.leaving(reason));
    }
}
