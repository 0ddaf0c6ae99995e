package io.godwit.registry.graph;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.registry.caller.CurrentTenant;
import io.godwit.registry.caller.Roles;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.replacement.ReplacementFilter;
import io.godwit.registry.replacement.ReplacementView;
import io.godwit.registry.replacement.ReplacementViews;
import io.godwit.registry.reuse.HolderViews;
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

/** Replacements, and who held which profile, in the graph. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.VIEWER})
public class ReplacementGraph {
    private final ReplacementViews replacements;
    private final HolderViews holders;
    private final CurrentTenant caller;

    public ReplacementGraph(ReplacementViews replacements, HolderViews holders, CurrentTenant caller) {
        this.replacements = replacements;
        this.holders = holders;
        this.caller = caller;
    }

    @Query
    @Description("A replacement; NOT_FOUND when the tenant has none with this ticket")
    public ReplacementNode replacement(@NonNull String ticket) throws SQLException {
        return replacements
                .find(caller.require(), ticket)
                .map(ReplacementNode::of)
                .orElseThrow(() -> new ProblemException(Problem.notFound("replacement")));
    }

    @Query
    @Description("Replacements, newest first; of one state (open, waiting or ended), device or profile")
    public ReplacementConnection replacements(
            @Nullable String state,
            @Nullable String nid,
            @Nullable String iccid,
            @Nullable Integer first,
            @Nullable String after)
            throws SQLException {
        return ReplacementConnection.of(replacements
                .slice(caller.require(), ReplacementFilter.of(state, nid, iccid), PageRequest.of(after, first))
                .map(ReplacementNode::of));
    }

    @Description("Its way so far, oldest step first")
    public List<@NonNull List<ReplacementNode.@NonNull Step>> steps(@Source List<ReplacementNode> sources)
            throws SQLException {
        Map<String, List<ReplacementView.Step>> steps =
                replacements.steps(caller.require(), Lookup.ids(sources, ReplacementNode::ticket));
        return sources.stream()
                .map(source -> steps.getOrDefault(source.ticket(), List.of()).stream()
                        .map(ReplacementNode.Step::of)
                        .toList())
                .toList();
    }

    @Query
    @Description("Which cards held a profile, oldest first; with at, a time in UTC, only the one that held it then")
    public HolderConnection profileHolders(
            @NonNull String iccid, @Nullable String at, @Nullable Integer first, @Nullable String after)
            throws SQLException {
        return HolderConnection.of(holders.ofProfile(caller.require(), iccid, at, PageRequest.of(after, first))
                .map(HolderNode::of));
    }

    @Query
    @Description("Which profiles a card ever held, in the order of their ICCIDs; also of one that has left the fleet")
    public HolderConnection profilesHeld(@NonNull String nid, @Nullable Integer first, @Nullable String after)
            throws SQLException {
        return HolderConnection.of(holders.ofCard(caller.require(), nid, PageRequest.of(after, first))
                .map(HolderNode::of));
    }
}
