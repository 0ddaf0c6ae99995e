package io.godwit.registry.graph;

import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.euicc.Euiccs;
import io.godwit.registry.group.CardGroup;
import io.godwit.registry.group.CardGroups;
import io.godwit.registry.group.Memberships;
import io.godwit.registry.order.Operations;
import io.godwit.registry.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** Groups in the graph, and what hangs on them and on their members. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
public class GroupGraph {
    private final CardGroups groups;
    private final Memberships memberships;
    private final Euiccs euiccs;
    private final Operations operations;
    private final CurrentTenant caller;

    public GroupGraph(
            CardGroups groups, Memberships memberships, Euiccs euiccs, Operations operations, CurrentTenant caller) {
        this.groups = groups;
        this.memberships = memberships;
        this.euiccs = euiccs;
        this.operations = operations;
        this.caller = caller;
    }

    @Query
    @Description("A group; NOT_FOUND when the tenant has none with this gid")
    public GroupNode group(@NonNull String gid) {
        caller.require();
        return Lookup.of(groups.views(List.of(gid)), gid, "group", GroupNode::of);
    }

    @Query
    @Description("Groups in the order of their ids")
    public GroupConnection groups(@Nullable Integer first, @Nullable String after) {
        caller.require();
        return GroupConnection.of(groups.slice(PageRequest.of(after, first)).map(GroupNode::of));
    }

    @Description("How many cards the group has, and how they are")
    public List<GroupNode.Counts> counts(@Source List<GroupNode> sources) {
        Map<String, CardGroup.Counts> counts = groups.counts(gids(sources));
        return sources.stream()
                .map(group -> GroupNode.Counts.of(counts.getOrDefault(group.gid(), CardGroup.Counts.NONE)))
                .toList();
    }

    @Description("The members in the order of their nids")
    public List<MemberConnection> members(
            @Source List<GroupNode> sources, @Nullable Integer first, @Nullable String after) {
        return Lookup.each(
                sources,
                GroupNode::gid,
                memberships.slices(gids(sources), PageRequest.of(after, first)),
                slice -> MemberConnection.of(slice.map(MemberNode::of)));
    }

    @Description("Operations on this group, newest first")
    public List<OperationConnection> operations(
            @Source List<GroupNode> sources, @Nullable Integer first, @Nullable String after) {
        return Lookup.each(
                sources,
                GroupNode::gid,
                operations.ofGroups(gids(sources), PageRequest.of(after, first)),
                slice -> OperationConnection.of(slice.map(OperationNode::of)));
    }

    @Description("The member's card; absent when it was removed meanwhile")
    public List<@Nullable EuiccNode> euicc(@Source List<MemberNode> members) {
        return Lookup.eachIfThere(
                members,
                MemberNode::nid,
                euiccs.views(Lookup.ids(members, MemberNode::nid), Optional.empty()),
                EuiccNode::of);
    }

    private static List<String> gids(List<GroupNode> groups) {
        return Lookup.ids(groups, GroupNode::gid);
    }
}
