package io.godwit.registry.progress;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** How an operation goes, live. */
@Path("/v1/operations/{id}/progress")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
@Tag(name = "operations")
public class ProgressResource {
    private final ProgressRows rows;
    private final Followers followers;
    private final CurrentTenant caller;

    public ProgressResource(ProgressRows rows, Followers followers, CurrentTenant caller) {
        this.rows = rows;
        this.followers = followers;
        this.caller = caller;
    }

    /** Answers at once; nobody waits here for what comes later. */
    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    // NGINX, as an ingress, would otherwise keep events back until it has a buffer full of them.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            summary =
                    "Follow an operation: an event progress for each change from its beginning, or from after Last-Event-ID;"
                            + " the last is called ended, and the stream ends with it")
    @APIResponse(
            responseCode = "200",
            description = "events with id, name and data; comments in between keep the connection alive",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = Progress.class)))
    @APIResponse(responseCode = "204", description = "the event ended was the last one you had; do not come again")
    @APIResponse(
            responseCode = "4XX",
            description = "what is wrong, by member, and its remedy (RFC 9457)",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "this replica has no stream left; Retry-After says when to try again",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Multi<OutboundSseEvent> follow(
            @PathParam("id") String id, @HeaderParam(LastEventId.HEADER) @Nullable String lastEventId, @Context Sse sse)
            throws SQLException {
        TenantId tenant = caller.require();
        long told = LastEventId.parse(lastEventId);
        ProgressRows.Last last = rows.last(tenant, id, caller.onlyOwner())
                .orElseThrow(() -> new ProblemException(Problem.notFound("operation")));
        LastEventId.check(told, last.sequence());
        if (last.ended() && told == last.sequence()) {
            throw new NothingMoreException();
        }
        followers.checkRoom(tenant);
        return followers.follow(tenant, id, told, caller.until()).map(message -> event(sse, message));
    }

    private static OutboundSseEvent event(Sse sse, Follower.Told message) {
        if (message instanceof Follower.Told.Event event) {
            Progress progress = event.progress();
            return sse.newEventBuilder()
                    .id(Long.toString(progress.sequence()))
                    .name(progress.last() ? "ended" : "progress")
                    .data(Progress.class, progress)
                    .build();
        }
        return sse.newEventBuilder().comment("").build();
    }
}
