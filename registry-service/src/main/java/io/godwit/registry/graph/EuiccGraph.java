package io.godwit.registry.graph;

import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.euicc.Euiccs;
import io.godwit.registry.group.CardGroup;
import io.godwit.registry.group.CardGroups;
import io.godwit.registry.order.Operations;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** Cards in the graph, and what hangs on them. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
public class EuiccGraph {
    private final Euiccs euiccs;
    private final CardGroups groups;
    private final Operations operations;
    private final CurrentTenant caller;

    public EuiccGraph(Euiccs euiccs, CardGroups groups, Operations operations, CurrentTenant caller) {
        this.euiccs = euiccs;
        this.groups = groups;
        this.operations = operations;
        this.caller = caller;
    }

    @Query
    @Description("A card; NOT_FOUND when the tenant has none with this nid")
    public EuiccNode euicc(@NonNull String nid) {
        caller.require();
        return Lookup.of(euiccs.views(List.of(nid), caller.onlyOwner()), nid, "eUICC", EuiccNode::of);
    }

    @Query
    @Description("Cards in the order of their nids, of all groups or of one")
    public EuiccConnection euiccs(@Nullable String group, @Nullable Integer first, @Nullable String after) {
        caller.require();
        return EuiccConnection.of(euiccs.slice(group, caller.onlyOwner(), PageRequest.of(after, first))
                .map(EuiccNode::of));
    }

    @Description("The card's groups, in the order of their ids")
    public List<GroupConnection> groups(
            @Source List<EuiccNode> cards, @Nullable Integer first, @Nullable String after) {
        PageRequest request = PageRequest.of(after, first);
        List<Slice<String>> slices =
                cards.stream().map(card -> gids(card, request)).toList();
        Set<String> named = new LinkedHashSet<>();
        slices.forEach(slice -> named.addAll(slice.items()));
        Map<String, CardGroup.View> views = groups.views(named);
        return slices.stream()
                .map(slice -> GroupConnection.of(slice.map(
                        gid -> GroupNode.of(Objects.requireNonNull(views.get(gid), "a membership is one of a group")))))
                .toList();
    }

    private static Slice<String> gids(EuiccNode card, PageRequest request) {
        String after = request.after().orElse("");
        return Slice.cut(
                card.gids().stream().filter(gid -> gid.compareTo(after) > 0).toList(), request, gid -> gid);
    }

    @Description("Operations on this card alone, newest first")
    public List<OperationConnection> operations(
            @Source List<EuiccNode> cards, @Nullable Integer first, @Nullable String after) {
        return Lookup.each(
                cards,
                EuiccNode::nid,
                operations.ofCards(Lookup.ids(cards, EuiccNode::nid), caller.onlyOwner(), PageRequest.of(after, first)),
                slice -> OperationConnection.of(slice.map(OperationNode::of)));
    }
}
