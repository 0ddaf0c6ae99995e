package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Orders, and what became of them. */
@Path("/v1/operations")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
@Tag(name = "operations")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class OperationResource {
    private static final int MAX_KEY_LENGTH = 255;

    private final Orders orders;
    private final Operations operations;
    private final CampaignSteering steering;
    private final CurrentTenant caller;

    public OperationResource(Orders orders, Operations operations, CampaignSteering steering, CurrentTenant caller) {
        this.orders = orders;
        this.steering = steering;
        this.operations = operations;
        this.caller = caller;
    }

    /** The operation that was begun. */
    @Schema(name = "OperationBegun")
    public record Begun(String id) {}

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.PROFILE_OWNER})
    @org.eclipse.microprofile.openapi.annotations.Operation(
            summary =
                    "Order a function on one card or on every member of a group; the answer's Location tells how it goes")
    public RestResponse<Begun> order(
            @Nullable OperationRequest request, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        if (request == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        @Nullable String key = checkedKey(idempotencyKey);
        return answer(
                orders.take(caller.require(), caller.subject(), request.check().by(caller.caller()), key));
    }

    /** @throws ProblemException 422 when it is empty or too long */
    public static @Nullable String checkedKey(@Nullable String idempotencyKey) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH)) {
            throw new ProblemException(Problem.invalid("Idempotency-Key", "1 to 255 characters expected"));
        }
        return idempotencyKey;
    }

    /** 202 with the operation, or what is wrong. */
    static RestResponse<Begun> answer(Orders.Taken taken) {
        return accepted(require(taken));
    }

    /** The operation, or what is wrong. */
    public static String require(Orders.Taken taken) {
        if (taken instanceof Orders.Taken.UnknownTransportKey) {
            throw new ProblemException(Problem.invalid(
                    "profilePackage", "encrypt it to the key of GET /v1/transport-keys/sm-dp, named by kid"));
        }
        if (taken instanceof Orders.Taken.Unknown unknown) {
            throw new ProblemException(Problem.notFound(unknown.what()));
        }
        if (taken instanceof Orders.Taken.Accepted accepted) {
            return accepted.operation();
        }
        throw new ProblemException(Problem.invalid(
                "Idempotency-Key", "this key was used for another request; use a new key for a new request"));
    }

    private static RestResponse<Begun> accepted(String operation) {
        return RestResponse.ResponseBuilder.<Begun>create(RestResponse.Status.ACCEPTED)
                .entity(new Begun(operation))
                .location(URI.create("/v1/operations/" + operation))
                .build();
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @org.eclipse.microprofile.openapi.annotations.Operation(
            summary = "Hold an operation in group mode: nothing more goes to the group, and no member is repaired")
    public RestResponse<Begun> pause(@PathParam("id") String id) throws SQLException {
        return steer(id, Steering.PAUSE);
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @org.eclipse.microprofile.openapi.annotations.Operation(
            summary = "Let an operation in group mode go on that was paused, or that stopped at its share of failures")
    public RestResponse<Begun> resume(@PathParam("id") String id) throws SQLException {
        return steer(id, Steering.RESUME);
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @org.eclipse.microprofile.openapi.annotations.Operation(
            summary = "End an operation in group mode: members that no command has gone to get none any more")
    public RestResponse<Begun> cancel(@PathParam("id") String id) throws SQLException {
        return steer(id, Steering.CANCEL);
    }

    private RestResponse<Begun> steer(String id, Steering asked) throws SQLException {
        CampaignSteering.Steered steered = steering.steer(caller.require(), id, asked, caller.subject());
        if (steered instanceof CampaignSteering.Steered.Refused refused) {
            throw new ProblemException(Problem.conflict(refused.member(), refused.remedy()));
        }
        if (steered instanceof CampaignSteering.Steered.Unknown) {
            throw new ProblemException(Problem.notFound("operation"));
        }
        return accepted(id);
    }

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(summary = "Operations, newest first")
    public Page<Operation.View> list(
            @QueryParam("nid") @Nullable String nid,
            @QueryParam("gid") @Nullable String gid,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        caller.require();
        return operations
                .slice(nid, gid, caller.onlyOwner(), PageRequest.of(cursor, limit))
                .page();
    }

    @GET
    @Path("{id}")
    @org.eclipse.microprofile.openapi.annotations.Operation(summary = "How an operation goes")
    public Operation.View get(@PathParam("id") String id) {
        caller.require();
        return operations
                .view(id, caller.onlyOwner())
                .orElseThrow(() -> new ProblemException(Problem.notFound("operation")));
    }

    @GET
    @Path("{id}/outcomes")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            summary = "The operation card by card; status filters by state, for example Failed")
    public Page<OperationMember.View> outcomes(
            @PathParam("id") String id,
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        get(id);
        return operations.outcomes(id, status, PageRequest.of(cursor, limit));
    }
}
