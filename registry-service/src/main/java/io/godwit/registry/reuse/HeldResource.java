package io.godwit.registry.reuse;

import io.godwit.kit.problem.Problem;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a card held. */
@Path("/v1/euiccs/{nid}/profiles-held")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "reuse")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class HeldResource {
    private final HolderViews views;
    private final CurrentTenant caller;

    public HeldResource(HolderViews views, CurrentTenant caller) {
        this.views = views;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Which profiles a card ever held, in the order of their ICCIDs",
            description = "Also of a card that was taken out of the tenant.")
    public Page<HolderView> list(
            @PathParam("nid") String nid,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit)
            throws SQLException {
        return views.ofCard(caller.require(), nid, PageRequest.of(cursor, limit))
                .page();
    }
}
