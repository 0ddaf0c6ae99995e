package io.godwit.registry.graph;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.stock.StockViews;
import io.godwit.registry.stock.SubscriptionView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** The SM-DP's stock in the graph. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER, Roles.PROFILE_OWNER})
public class StockGraph {
    private final StockViews views;
    private final CurrentTenant caller;

    public StockGraph(StockViews views, CurrentTenant caller) {
        this.views = views;
        this.caller = caller;
    }

    @Query
    @Description("A profile template; NOT_FOUND when the tenant has none of this name")
    public TemplateNode profileTemplate(@NonNull String template) throws SQLException {
        return views.template(caller.require(), template, caller.onlyOwner())
                .map(TemplateNode::of)
                .orElseThrow(() -> new ProblemException(Problem.notFound("profile template")));
    }

    @Query
    @Description("Profile templates in the order of their names, of all operators or of one")
    public TemplateConnection profileTemplates(
            @Nullable String operator, @Nullable Integer first, @Nullable String after) throws SQLException {
        return TemplateConnection.of(
                views.templates(caller.require(), operator, caller.onlyOwner(), PageRequest.of(after, first))
                        .map(TemplateNode::of));
    }

    @Query
    @Description("A subscription; NOT_FOUND when the tenant has none with this ICCID")
    public SubscriptionNode subscription(@NonNull String iccid) throws SQLException {
        return views.subscription(caller.require(), iccid, caller.onlyOwner())
                .map(SubscriptionNode::of)
                .orElseThrow(() -> new ProblemException(Problem.notFound("subscription")));
    }

    @Query
    @Description("Subscriptions in the order of their ICCIDs, of all templates and states or of one")
    public SubscriptionConnection subscriptions(
            @Nullable String template, @Nullable String state, @Nullable Integer first, @Nullable String after)
            throws SQLException {
        return SubscriptionConnection.of(views.subscriptions(
                        caller.require(), template, state, null, caller.onlyOwner(), PageRequest.of(after, first))
                .map(SubscriptionNode::of));
    }

    @Description("What has happened to it, oldest first")
    public List<@NonNull List<SubscriptionNode.@NonNull Event>> history(@Source List<SubscriptionNode> sources)
            throws SQLException {
        Map<String, List<SubscriptionView.Event>> histories =
                views.histories(caller.require(), Lookup.ids(sources, SubscriptionNode::iccid));
        return sources.stream()
                .map(source -> histories.getOrDefault(source.iccid(), List.of()).stream()
                        .map(SubscriptionNode.Event::of)
                        .toList())
                .toList();
    }
}
