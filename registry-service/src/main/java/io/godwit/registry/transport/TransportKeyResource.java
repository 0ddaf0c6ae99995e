package io.godwit.registry.transport;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Octets;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Keys that card makers and operators encrypt to. */
@Path("/v1/transport-keys")
@Authenticated
@Tag(name = "transport keys")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class TransportKeyResource {
    private final TransportKeys keys;

    public TransportKeyResource(TransportKeys keys) {
        this.keys = keys;
    }

    @GET
    @Path("sm-sr")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The public key (JWK) of the SM-SR, under which cardKeys are encrypted")
    public String smSr() throws SQLException {
        return newest(TransportKeys.SM_SR);
    }

    @GET
    @Path("sm-dp")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The public key (JWK) of the SM-DP, under which profile packages are encrypted")
    public String smDp() throws SQLException {
        return newest(TransportKeys.SM_DP);
    }

    private String newest(String role) throws SQLException {
        return keys.newest(role)
                .map(Octets::toUtf8)
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("transport key yet: provisioning publishes it when it starts")));
    }
}
