package io.godwit.registry.tenant;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.tenant.Tenants.SetUp;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tenants, for the platform's own administrators. */
@Path("/v1/tenants")
@Tag(name = "tenants")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class TenantResource {
    private final Tenants tenants;
    private final CurrentTenant caller;

    public TenantResource(Tenants tenants, CurrentTenant caller) {
        this.tenants = tenants;
        this.caller = caller;
    }

    @PUT
    @Path("{id}/device-trust-anchors")
    @RolesAllowed(Roles.PLATFORM_ADMIN)
    @Operation(
            summary = "Say whose certificates may name the tenant's devices; takes the place of those before",
            description = "A device whose certificate rests on none of them any more is disconnected.")
    public TenantView trust(@PathParam("id") String id, @Nullable DeviceTrustAnchors anchors) throws SQLException {
        if (anchors == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        TenantId tenant = new TenantRequest(id, null, null).tenant();
        return tenants.trust(tenant, anchors.checked(Instant.now()), caller.subject());
    }

    @POST
    @RolesAllowed(Roles.PLATFORM_ADMIN)
    @Operation(summary = "Set a tenant up; asking again for the same changes nothing")
    public RestResponse<TenantView> create(@Nullable TenantRequest request) throws SQLException {
        if (request == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        SetUp result = tenants.setUp(request.tenant(), request.topics(), request.poolName(), caller.subject());
        if (result instanceof SetUp.Created created) {
            return RestResponse.status(RestResponse.Status.CREATED, created.tenant());
        }
        if (result instanceof SetUp.Unchanged unchanged) {
            return RestResponse.ok(unchanged.tenant());
        }
        SetUp.Contradicts present = (SetUp.Contradicts) result;
        throw new ProblemException(Problem.conflict(
                present.tenant().topicSet().equals(request.topics().name()) ? "pool" : "topicSet",
                "the tenant is there with topic set " + present.tenant().topicSet() + " and pool "
                        + present.tenant().pool()));
    }
}
