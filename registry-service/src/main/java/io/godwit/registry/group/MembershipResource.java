package io.godwit.registry.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.group.BulkMembershipAnswer.Whole;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Members of a group, one by one and many at once. */
@Path("/v1/groups/{gid}/members")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "groups")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class MembershipResource {
    private static final int MAX_OCTETS = 1024;

    private final CardGroups groups;
    private final Memberships memberships;
    private final MembershipChanges changes;
    private final BulkMembershipAnswer bulk;
    private final CurrentTenant caller;
    private final ObjectMapper mapper;

    public MembershipResource(
            CardGroups groups,
            Memberships memberships,
            MembershipChanges changes,
            BulkMembershipAnswer bulk,
            CurrentTenant caller,
            ObjectMapper mapper) {
        this.groups = groups;
        this.memberships = memberships;
        this.changes = changes;
        this.bulk = bulk;
        this.caller = caller;
        this.mapper = mapper;
    }

    /** @param spokesman whether its device may ask for the whole group; absent: as it is, and no at first */
    @Schema(name = "MemberRequest")
    public record MemberRequest(@Nullable Boolean spokesman) {}

    @GET
    @Operation(summary = "The members of a group in the order of their nids")
    public Page<Membership.View> list(
            @PathParam("gid") String gid,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        caller.require();
        if (groups.findByIdOptional(gid).isEmpty()) {
            throw new ProblemException(Problem.notFound("group"));
        }
        return memberships.page(gid, PageRequest.of(cursor, limit));
    }

    @PUT
    @Path("{nid}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Let a card join a group; say whether its device may ask for the whole group")
    public void join(
            @PathParam("gid") String gid,
            @PathParam("nid") String nid,
            @RequestBody(
                            required = false,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = MemberRequest.class)))
                    InputStream body)
            throws SQLException, IOException {
        apply(gid, nid, new MembershipChange.Join(member(body).spokesman()));
    }

    /** A joining needs no body, and then no Content-Type. */
    private MemberRequest member(InputStream body) throws IOException {
        byte[] json = body.readNBytes(MAX_OCTETS + 1);
        if (json.length > MAX_OCTETS) {
            throw new ProblemException(Problem.invalid("body", "at most " + MAX_OCTETS + " octets expected"));
        }
        MemberRequest member = json.length == 0 ? null : mapper.readValue(json, MemberRequest.class);
        return member == null ? new MemberRequest(null) : member;
    }

    @DELETE
    @Path("{nid}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Let a card leave a group; with reason=security the group's epoch rises as well")
    public void leave(
            @PathParam("gid") String gid, @PathParam("nid") String nid, @QueryParam("reason") @Nullable String reason)
            throws SQLException {
        apply(gid, nid, PathIds.leaving(reason));
    }

    private void apply(String gid, String nid, MembershipChange change) throws SQLException {
        Gid group = PathIds.of("gid", gid, Gid::new);
        Nid card = PathIds.of("nid", nid, Nid::new);
        Map<Nid, MembershipChanges.Result> results =
                changes.apply(caller.require(), group, List.of(card), change, caller.subject());
        if (results.get(card) == MembershipChanges.Result.NO_CARD) {
            throw new ProblemException(Problem.notFound("eUICC"));
        }
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Let up to 10,000 cards join a group, each with a result of its own")
    public Whole joinAll(
            @PathParam("gid") String gid,
            @RequestBody(content = @Content(schema = @Schema(implementation = String[].class))) InputStream nids)
            throws SQLException, IOException {
        return bulk.ofArray(gid, nids, new MembershipChange.Join(null));
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(BulkMembershipAnswer.NDJSON)
    @Produces(BulkMembershipAnswer.NDJSON)
    @Operation(summary = "The same with one nid a line, a JSON string; each line is answered by a line")
    public StreamingOutput joinLines(
            @PathParam("gid") String gid,
            @RequestBody(content = @Content(schema = @Schema(implementation = String.class))) InputStream nids)
            throws SQLException, IOException {
        return bulk.ofLines(gid, nids, new MembershipChange.Join(null));
    }
}
