package io.godwit.registry.stock;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Subscriptions of the caller's tenant, by ICCID. */
@Path("/v1/subscriptions")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
@Tag(name = "stock")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class SubscriptionResource {
    private final StockViews views;
    private final CurrentTenant caller;

    public SubscriptionResource(StockViews views, CurrentTenant caller) {
        this.views = views;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Subscriptions in the order of their ICCIDs, of all templates, states and imports or of one")
    public Page<SubscriptionView> list(
            @QueryParam("template") @Nullable String template,
            @QueryParam("state") @Nullable String state,
            @QueryParam("import") @Nullable String importId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit)
            throws SQLException {
        return views.subscriptions(
                        caller.require(), template, state, importId, caller.onlyOwner(), PageRequest.of(cursor, limit))
                .page();
    }

    @GET
    @Path("{iccid}")
    @Operation(summary = "A subscription, and what has happened to it")
    public SubscriptionView get(@PathParam("iccid") String iccid) throws SQLException {
        SubscriptionView view = views.subscription(caller.require(), iccid, caller.onlyOwner())
                .orElseThrow(() -> new ProblemException(Problem.notFound("subscription")));
        return view.with(views.histories(caller.require(), List.of(iccid)).getOrDefault(iccid, List.of()));
    }
}
