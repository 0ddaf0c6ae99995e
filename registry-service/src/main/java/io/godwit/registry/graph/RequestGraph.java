package io.godwit.registry.graph;

import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.request.RequestPolicyBody;
import io.godwit.registry.request.RequestResource;
import io.godwit.registry.request.Requests;
import io.godwit.registry.tenant.Tenants;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;
import org.jspecify.annotations.Nullable;

/** Requests of cards in the graph. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
public class RequestGraph {
    private final Requests requests;
    private final Tenants tenants;
    private final CurrentTenant caller;

    public RequestGraph(Requests requests, Tenants tenants, CurrentTenant caller) {
        this.requests = requests;
        this.tenants = tenants;
        this.caller = caller;
    }

    @Query
    @Description("Requests of cards in the order of their coming, of all states or of one: waiting, approved, refused,"
            + " expired")
    public RequestConnection requests(@Nullable String state, @Nullable Integer first, @Nullable String after)
            throws SQLException {
        return RequestConnection.of(
                requests.slice(caller.require(), RequestResource.state(state), PageRequest.of(after, first))
                        .map(RequestNode::of));
    }

    @Query
    @Description("What cards get that ask by themselves, where no group of theirs says it")
    public @Nullable RequestPolicyNode requestPolicy() throws SQLException {
        return RequestPolicyNode.of(RequestPolicyBody.of(tenants.requests(caller.require())));
    }
}
