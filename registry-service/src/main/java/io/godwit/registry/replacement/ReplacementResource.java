package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.registry.audit.ReasonBody;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.order.OperationResource;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Replacements of devices of the caller's tenant, by ticket. */
@Path("/v1/replacements")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "replacements")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ReplacementResource {
    private final ReplacementViews views;
    private final Decisions decisions;
    private final ForcedOrders forced;
    private final CurrentTenant caller;

    public ReplacementResource(ReplacementViews views, Decisions decisions, ForcedOrders forced, CurrentTenant caller) {
        this.views = views;
        this.decisions = decisions;
        this.forced = forced;
        this.caller = caller;
    }

    /**
     * A replacement that an operator has ordered.
     *
     * @param ticket names the replacement, and the operation that brings the successor its profile
     */
    @Schema(name = "ReplacementBegun")
    public record Begun(String ticket) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Give up a device that is dead, lost or stolen: its successor gets a profile of its own",
            description =
                    "A subscription of the template is reserved for the successor and is installed and enabled there. The old"
                            + " card's profile is revoked: its subscription is given to nobody any more, and should the card ever"
                            + " appear, only the profile's deletion goes to it. A stolen device is let in by no broker from now"
                            + " on. A replacement of one of the two devices that has touched no card yet is ended by it. The answer's"
                            + " Location tells how it goes, or why it does not.")
    public RestResponse<Begun> begin(
            @Nullable ForcedRequest request, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        return begun(OperationResource.require(forced.begin(
                caller.require(),
                caller.subject(),
                ForcedRequest.check(request),
                OperationResource.checkedKey(idempotencyKey))));
    }

    @POST
    @Path("{ticket}/force")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Wait no longer for an old card that does not say whether it has deleted the profile",
            description =
                    "As the order of a successor, for a replacement at the stages Installing, Deleting, Withdrawing and"
                            + " Restoring. The copy on the new card goes first.")
    public RestResponse<Begun> force(@PathParam("ticket") String ticket, ForcedRequest.@Nullable Running request)
            throws SQLException {
        return begun(forced.force(caller.require(), caller.subject(), ticket, ForcedRequest.Running.check(request)));
    }

    private static RestResponse<Begun> begun(String ticket) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, new Begun(ticket))
                .location(URI.create("/v1/operations/" + ticket))
                .build();
    }

    @GET
    @Operation(
            summary = "Replacements, newest first; of one state, device (old or new) or profile",
            description = "state is open, waiting (for an approval, or stuck) or ended.")
    public Page<ReplacementView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("nid") @Nullable String nid,
            @QueryParam("iccid") @Nullable String iccid,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit)
            throws SQLException {
        return views.slice(caller.require(), ReplacementFilter.of(state, nid, iccid), PageRequest.of(cursor, limit))
                .page();
    }

    @GET
    @Path("{ticket}")
    @Operation(summary = "A replacement, and its way so far")
    public ReplacementView get(@PathParam("ticket") String ticket) throws SQLException {
        return views.findWithSteps(caller.require(), ticket)
                .orElseThrow(() -> new ProblemException(Problem.notFound("replacement")));
    }

    @POST
    @Path("{ticket}/approve")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Let it be: the new device gets its ticket",
            description =
                    "Without a body the profile is installed on the new card once more. With the mode peer it goes from card to"
                            + " card, between cards that have the extension's signing key; where one has none, the replacement"
                            + " ends with NO_PEER_KEY.")
    public RestResponse<Decisions.Decided> approve(
            @PathParam("ticket") String ticket, @RequestBody(required = false) @Nullable ApprovalBody body)
            throws SQLException {
        return decide(ticket, ReplacementVerdict.APPROVE, null, ApprovalBody.isPeer(body));
    }

    @POST
    @Path("{ticket}/refuse")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Do not let it be; nothing was done to a card")
    public RestResponse<Decisions.Decided> refuse(@PathParam("ticket") String ticket, @Nullable ReasonBody body)
            throws SQLException {
        return decide(ticket, ReplacementVerdict.REFUSE, ReasonBody.check(body));
    }

    @POST
    @Path("{ticket}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Take it back, as long as the old card was not told to delete anything",
            description =
                    "What the new card has got by then it loses again. One that is stuck at Enabling is waited for no longer, and"
                            + " the profile stays the new card's. The SM-SR may be further than it has told: the replacement's end"
                            + " says what became of it.")
    public RestResponse<Decisions.Decided> cancel(@PathParam("ticket") String ticket, @Nullable ReasonBody body)
            throws SQLException {
        return decide(ticket, ReplacementVerdict.CANCEL, ReasonBody.check(body));
    }

    private RestResponse<Decisions.Decided> decide(String ticket, ReplacementVerdict verdict, @Nullable String reason)
            throws SQLException {
        return decide(ticket, verdict, reason, false);
    }

    private RestResponse<Decisions.Decided> decide(
            String ticket, ReplacementVerdict verdict, @Nullable String reason, boolean peer) throws SQLException {
        Decisions.Decided decided = decisions.decide(caller.require(), ticket, verdict, reason, peer, caller.subject());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, decided)
                .location(URI.create("/v1/replacements/" + decided.ticket()))
                .build();
    }
}
