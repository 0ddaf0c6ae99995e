package io.godwit.registry.request;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.request.Requests.Decided;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Requests of cards that an operator is to say yes or no to. */
@Path("/v1/requests")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "requests")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class RequestResource {
    private static final Map<String, String> STATES =
            Map.of("waiting", "Waiting", "approved", "Approved", "refused", "Refused", "expired", "Expired");
    private static final int MAX_REASON = 200;

    private final Requests requests;
    private final CurrentTenant caller;

    public RequestResource(Requests requests, CurrentTenant caller) {
        this.requests = requests;
        this.caller = caller;
    }

    /** @param reason for the device and the audit; may be absent */
    @Schema(name = "RequestRefusal")
    public record Refusing(@Nullable String reason) {}

    @GET
    @Operation(summary = "Requests in the order of their coming, of all states or of one")
    public Page<RequestView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit)
            throws SQLException {
        return requests.slice(caller.require(), state(state), PageRequest.of(cursor, limit))
                .page();
    }

    @POST
    @Path("{ticket}/approve")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Grant a request; asking twice does no more than asking once")
    public RestResponse<Void> approve(@PathParam("ticket") String ticket) throws SQLException {
        return decide(ticket, Optional.empty());
    }

    @POST
    @Path("{ticket}/refuse")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Refuse a request; asking twice does no more than asking once")
    public RestResponse<Void> refuse(@PathParam("ticket") String ticket, @Nullable Refusing refusing)
            throws SQLException {
        String reason = refusing == null ? null : refusing.reason();
        if (reason != null
                && (reason.isBlank()
                        || reason.length() > MAX_REASON
                        || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(
                    Problem.invalid("reason", "1 to " + MAX_REASON + " characters, no control characters, expected"));
        }
        return decide(
                ticket,
                Optional.of(new Refusal(
                        "REFUSED_BY_OPERATOR", reason == null ? "an operator has refused the request" : reason)));
    }

    private RestResponse<Void> decide(String ticket, Optional<Refusal> refusal) throws SQLException {
        Decided decided = requests.decide(caller.require(), ticket, refusal, caller.subject());
        if (decided instanceof Decided.Unknown) {
            throw new ProblemException(Problem.notFound("request"));
        }
        if (decided instanceof Decided.Over over) {
            throw new ProblemException(
                    Problem.conflict("state", "it is " + over.state() + "; the device may ask again"));
        }
        return RestResponse.accepted();
    }

    /** @throws ProblemException 422 when no state has that name */
    public static @Nullable String state(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String state = STATES.get(name);
        if (state == null) {
            throw new ProblemException(Problem.invalid("state", "use waiting, approved, refused or expired"));
        }
        return state;
    }
}
