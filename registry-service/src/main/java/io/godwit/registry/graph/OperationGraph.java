package io.godwit.registry.graph;

import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.euicc.Euiccs;
import io.godwit.registry.group.CardGroups;
import io.godwit.registry.order.Operations;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** Operations and campaigns in the graph, and what hangs on them and on their outcomes. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
public class OperationGraph {
    private final Operations operations;
    private final Euiccs euiccs;
    private final CardGroups groups;
    private final CurrentTenant caller;

    public OperationGraph(Operations operations, Euiccs euiccs, CardGroups groups, CurrentTenant caller) {
        this.operations = operations;
        this.euiccs = euiccs;
        this.groups = groups;
        this.caller = caller;
    }

    @Query
    @Description("An operation; NOT_FOUND when the tenant has none with this id")
    public OperationNode operation(@NonNull String id) {
        caller.require();
        return Lookup.of(operations.views(List.of(id), caller.onlyOwner()), id, "operation", OperationNode::of);
    }

    @Query
    @Description("Operations, newest first, all or those on one card or one group")
    public OperationConnection operations(
            @Nullable String nid, @Nullable String gid, @Nullable Integer first, @Nullable String after) {
        caller.require();
        return OperationConnection.of(operations
                .slice(nid, gid, caller.onlyOwner(), PageRequest.of(after, first))
                .map(OperationNode::of));
    }

    @Description("The operation card by card in the order of nids, all or those in one state")
    public List<OutcomeConnection> outcomes(
            @Source List<OperationNode> sources,
            @Nullable String state,
            @Nullable Integer first,
            @Nullable String after) {
        return Lookup.each(
                sources,
                OperationNode::id,
                operations.outcomes(Lookup.ids(sources, OperationNode::id), state, PageRequest.of(after, first)),
                slice -> OutcomeConnection.of(slice.map(OutcomeNode::of)));
    }

    @Description("The card of an operation on one card; absent when it was removed")
    public List<@Nullable EuiccNode> euicc(@Source List<OperationNode> sources) {
        return Lookup.eachIfThere(
                sources,
                OperationNode::nid,
                euiccs.views(Lookup.ids(sources, OperationNode::nid), caller.onlyOwner()),
                EuiccNode::of);
    }

    @Description("The group of an operation on a group")
    public List<@Nullable GroupNode> group(@Source List<OperationNode> sources) {
        return Lookup.eachIfThere(
                sources, OperationNode::gid, groups.views(Lookup.ids(sources, OperationNode::gid)), GroupNode::of);
    }

    @Name("euicc")
    @Description("The card; absent when it was removed")
    public List<@Nullable EuiccNode> card(@Source List<OutcomeNode> outcomes) {
        return Lookup.eachIfThere(
                outcomes,
                OutcomeNode::nid,
                euiccs.views(Lookup.ids(outcomes, OutcomeNode::nid), caller.onlyOwner()),
                EuiccNode::of);
    }
}
