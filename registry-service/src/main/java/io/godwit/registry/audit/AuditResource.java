package io.godwit.registry.audit;

import io.godwit.kit.problem.Problem;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit of the caller's tenant. */
@Path("/v1/audit-entries")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "audit")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class AuditResource {
    private final AuditEntries entries;
    private final CurrentTenant caller;

    public AuditResource(AuditEntries entries, CurrentTenant caller) {
        this.entries = entries;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "What happened, newest first")
    public Page<AuditEntry.View> list(
            @QueryParam("nid") @Nullable String nid,
            @QueryParam("operation") @Nullable String operation,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        caller.require();
        return entries.page(nid, operation, PageRequest.of(cursor, limit)).map(AuditEntry::view);
    }
}
