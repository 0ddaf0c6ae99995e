package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Profiles for one card. */
@Path("/v1/euiccs/{nid}/profiles")
@RolesAllowed({Roles.OPERATOR, Roles.PROFILE_OWNER})
@Tag(name = "operations")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class DownloadResource {
    private final Orders orders;
    private final CurrentTenant caller;

    public DownloadResource(Orders orders, CurrentTenant caller) {
        this.orders = orders;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary =
                    "Download a profile into a new ISD-P of the card, and enable it if wanted; the answer's Location tells how"
                            + " it goes")
    public RestResponse<OperationResource.Begun> download(
            @PathParam("nid") String nid,
            @Nullable DownloadRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        if (request == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        return OperationResource.answer(orders.take(
                caller.require(),
                caller.subject(),
                request.check(caller.require(), nid).by(caller.caller()),
                OperationResource.checkedKey(idempotencyKey)));
    }
}
