package io.godwit.registry.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.registry.bulk.BulkLines;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Profile templates of the caller's tenant, and the import of subscriptions. */
@Path("/v1/profile-templates")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
@Tag(name = "stock")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class TemplateResource {
    private static final String NDJSON = "application/x-ndjson";

    private final Importing importing;
    private final StockViews views;
    private final CurrentTenant caller;
    private final ObjectMapper mapper;

    public TemplateResource(Importing importing, StockViews views, CurrentTenant caller, ObjectMapper mapper) {
        this.importing = importing;
        this.views = views;
        this.caller = caller;
        this.mapper = mapper;
    }

    /** The import that was begun. */
    @Schema(name = "ImportBegun")
    public record Begun(@JsonProperty("import") String importId) {}

    /** What a line of an import looks like. */
    @Schema(name = "SubscriptionImport")
    public record LineBody(String iccid, String subscription) {}

    @PUT
    @Path("{template}")
    @RolesAllowed({Roles.OPERATOR, Roles.PROFILE_OWNER})
    @Operation(
            summary = "Give the SM-DP a profile template, new or in the place of the one of that name",
            description = "Its state tells whether the SM-DP took it; profiles that are on cards stay as they are.")
    public RestResponse<Begun> put(@PathParam("template") String template, @Nullable TemplateRequest request)
            throws SQLException {
        if (request == null) {
            throw new ProblemException(Problem.invalid("body", "a JSON object is required"));
        }
        TenantId tenant = caller.require();
        ProfileOwner owner = caller.caller().requireOwner();
        return RestResponse.status(
                RestResponse.Status.ACCEPTED,
                new Begun(importing.template(tenant, caller.subject(), request.check(tenant, owner, template))));
    }

    @GET
    @Operation(
            summary =
                    "Profile templates in the order of their names, with what is in stock; of all operators or of one")
    public Page<TemplateView> list(
            @QueryParam("operator") @Nullable String operator,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit)
            throws SQLException {
        return views.templates(caller.require(), operator, caller.onlyOwner(), PageRequest.of(cursor, limit))
                .page();
    }

    @GET
    @Path("{template}")
    @Operation(summary = "A profile template, and how many of its subscriptions are in which state")
    public TemplateView get(@PathParam("template") String template) throws SQLException {
        return views.template(caller.require(), template, caller.onlyOwner())
                .orElseThrow(() -> new ProblemException(Problem.notFound("profile template")));
    }

    @POST
    @Path("{template}/subscriptions")
    @RolesAllowed({Roles.OPERATOR, Roles.PROFILE_OWNER})
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Import one subscription; its state tells whether the SM-DP took it")
    public RestResponse<Importing.Accepted> importOne(
            @PathParam("template") String template,
            @RequestBody(content = @Content(schema = @Schema(implementation = LineBody.class))) InputStream body)
            throws SQLException, IOException {
        TenantId tenant = caller.require();
        ProfileOwner owner = caller.caller().requireOwner();
        TemplateId id = TemplateRequest.id(template);
        BulkLines.Line<SubscriptionLine> line =
                SubscriptionLine.read(Octets.of(body.readNBytes(SubscriptionLine.MAX_OCTETS + 1)), tenant, id);
        Object answer = line instanceof BulkLines.Line.Accepted<SubscriptionLine> accepted
                ? importing
                        .subscriptions(
                                tenant,
                                caller.subject(),
                                owner,
                                id,
                                UUID.randomUUID().toString(),
                                List.of(accepted.value()))
                        .get(0)
                : ((BulkLines.Line.Refused<SubscriptionLine>) line).problem();
        if (answer instanceof Problem problem) {
            throw new ProblemException(problem);
        }
        return RestResponse.status(RestResponse.Status.ACCEPTED, (Importing.Accepted) answer);
    }

    @POST
    @Path("{template}/subscriptions")
    @RolesAllowed({Roles.OPERATOR, Roles.PROFILE_OWNER})
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @Operation(
            summary =
                    "Import many subscriptions, one a line; each line is answered by {line, result} or {line, problem}",
            description =
                    "All lines are one import. A connection that breaks leaves what was answered, and perhaps the lines"
                            + " of one answer more; send the rest again: what is there already is refused, and changes nothing.")
    public StreamingOutput importMany(
            @PathParam("template") String template,
            @RequestBody(content = @Content(schema = @Schema(implementation = LineBody.class))) InputStream lines)
            throws SQLException {
        TenantId tenant = caller.require();
        ProfileOwner owner = caller.caller().requireOwner();
        String requester = caller.subject();
        TemplateId id = TemplateRequest.id(template);
        importing.requireTemplate(tenant, owner, id);
        String operation = UUID.randomUUID().toString();
        BulkLines<SubscriptionLine> bulk = new BulkLines<>(
                line -> SubscriptionLine.read(line, tenant, id),
                batch -> importing.subscriptions(tenant, requester, owner, id, operation, batch),
                mapper,
                SubscriptionLine.MAX_OCTETS,
                OrderRecord.MOST_SUBSCRIPTIONS);
        return out -> bulk.run(lines, out);
    }
}
