package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.registry.audit.ReasonBody;
import io.godwit.registry.bulk.BulkLines;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Cards of the caller's tenant. */
@Path("/v1/euiccs")
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
@Tag(name = "euiccs")
@APIResponse(
        responseCode = "4XX",
        description = "what is wrong, by member, and its remedy (RFC 9457)",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class EuiccResource {
    private static final String NDJSON = "application/x-ndjson";

    private final Euiccs euiccs;
    private final RegisterEis registerEis;
    private final Removal removal;
    private final CutOff cutOff;
    private final CurrentTenant caller;
    private final ObjectMapper mapper;

    public EuiccResource(
            Euiccs euiccs,
            RegisterEis registerEis,
            Removal removal,
            CutOff cutOff,
            CurrentTenant caller,
            ObjectMapper mapper) {
        this.euiccs = euiccs;
        this.registerEis = registerEis;
        this.removal = removal;
        this.cutOff = cutOff;
        this.caller = caller;
        this.mapper = mapper;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Register a card with its EIS; again for the same EID: a new device secret and nothing else")
    public RestResponse<RegistrationResult.Registered> register(
            @RequestBody(content = @Content(schema = @Schema(implementation = RegistrationRequest.class)))
                    InputStream body)
            throws SQLException, IOException {
        TenantId tenant = caller.require();
        Octets json = Octets.of(body.readNBytes(RegistrationReader.MAX_OCTETS + 1));
        RegistrationReader.Reading reading = new RegistrationReader(tenant).read(json);
        RegistrationResult result = reading instanceof RegistrationReader.Reading.Accepted accepted
                ? registerEis
                        .register(tenant, caller.subject(), List.of(accepted.registration()))
                        .get(0)
                : new RegistrationResult.Refused(((RegistrationReader.Reading.Refused) reading).problem());
        if (result instanceof RegistrationResult.Refused refused) {
            throw new ProblemException(refused.problem());
        }
        RegistrationResult.Registered registered = (RegistrationResult.Registered) result;
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, registered)
                .location(URI.create("/v1/euiccs/" + registered.nid()))
                .build();
    }

    @POST
    @Path("bulk")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @Operation(summary = "Register many cards, one a line; each line is answered by {line, result} or {line, problem}")
    public StreamingOutput bulk(
            @RequestBody(content = @Content(schema = @Schema(implementation = RegistrationRequest.class)))
                    InputStream lines) {
        BulkLines<Registration> bulk = BulkRegistration.of(registerEis, mapper, caller.require(), caller.subject());
        return out -> bulk.run(lines, out);
    }

    @GET
    @Operation(summary = "Cards in the order of their nids, of all groups or of one")
    public Page<Euicc.View> list(
            @QueryParam("group") @Nullable String group,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        caller.require();
        return euiccs.slice(group, caller.onlyOwner(), PageRequest.of(cursor, limit))
                .page();
    }

    @GET
    @Path("{nid}")
    @Operation(summary = "What is known of a card, with its EIS")
    public Euicc.View get(@PathParam("nid") String nid) {
        caller.require();
        return euiccs.view(nid, caller.onlyOwner()).orElseThrow(EuiccResource::unknown);
    }

    @DELETE
    @Path("{nid}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Take a card out of the tenant; its EID and ICCIDs are free again")
    public void remove(@PathParam("nid") String nid) throws SQLException {
        if (!Nid.isValid(nid) || !removal.remove(caller.require(), new Nid(nid), caller.subject())) {
            throw unknown();
        }
    }

    @POST
    @Path("{nid}/cut-off")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Cut a stolen device off: every broker closes its sessions at once and lets it in no more",
            description = "Its card and profiles stay as they are: POST /v1/replacements with stolen gives them up.")
    public void cutOff(@PathParam("nid") String nid, @Nullable ReasonBody body) throws SQLException {
        TenantId tenant = caller.require();
        String reason = ReasonBody.check(body);
        if (!Nid.isValid(nid) || !cutOff.begin(tenant, new Nid(nid), reason, caller.subject())) {
            throw unknown();
        }
    }

    @DELETE
    @Path("{nid}/cut-off")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Let a device in again that was cut off",
            description = "Where its card was given up meanwhile, only the deletion of what was revoked goes to it.")
    public void letIn(@PathParam("nid") String nid) throws SQLException {
        if (!Nid.isValid(nid) || !cutOff.end(caller.require(), new Nid(nid), caller.subject())) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("eUICC"));
    }
}
