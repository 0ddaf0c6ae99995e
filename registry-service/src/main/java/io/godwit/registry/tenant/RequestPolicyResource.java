package io.godwit.registry.tenant;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.request.RequestPolicyBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the caller's tenant gives to cards that ask by themselves, where no group of theirs has a rule. */
@Path("/v1/request-policy")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
@Tag(name = "requests")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class RequestPolicyResource {
    private final Tenants tenants;
    private final CurrentTenant caller;

    public RequestPolicyResource(Tenants tenants, CurrentTenant caller) {
        this.tenants = tenants;
        this.caller = caller;
    }

    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Say what cards get that ask by themselves; takes the place of what was said before")
    public RequestPolicyBody put(@Nullable RequestPolicyBody policy) throws SQLException {
        if (policy == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        tenants.answerRequests(caller.require(), policy.parse(""), caller.subject());
        return get();
    }

    @GET
    @Operation(summary = "What cards get that ask by themselves")
    public RequestPolicyBody get() throws SQLException {
        return RequestPolicyBody.of(tenants.requests(caller.require()));
    }
}
