package io.godwit.registry.group;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.group.MembershipChanges.Result;
import io.godwit.registry.group.NidList.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes memberships of many cards: each has its own result. A few hundred are one transaction; a removal for security is
 * one as a whole, because it raises the group's epoch once.
 */
@ApplicationScoped
public class BulkMembership {
    private static final Logger LOG = LoggerFactory.getLogger(BulkMembership.class);
    private static final int CHUNK = 500;

    /** The result of one that was so before. */
    static final String UNCHANGED = "unchanged";

    private final MembershipChanges changes;

    public BulkMembership(MembershipChanges changes) {
        this.changes = changes;
    }

    /**
     * What became of one of them.
     *
     * @param line its number, from 1: of its line, or of its place in the array
     * @param result {@code joined}, {@code left} or {@code removed}, or {@code unchanged} where it was so before
     * @param problem instead, why nothing became of it
     */
    @Schema(name = "MembershipResult")
    public record Answer(
            long line,
            @Nullable String nid,
            @Nullable String result,
            @Nullable Problem problem) {}

    /**
     * @return an answer for each, in the order of the request
     * @throws ProblemException 404 when the tenant has no such group
     * @throws SQLException when already the first part could not be changed
     */
    List<Answer> run(TenantId tenant, Gid gid, List<Item> items, MembershipChange change, String actor)
            throws SQLException {
        List<Answer> answers = new ArrayList<>();
        // One that is named again is answered as if it came in a later request.
        Set<Nid> seen = new HashSet<>();
        boolean whole = change instanceof MembershipChange.RemoveForSecurity;
        int size = whole ? Math.max(1, items.size()) : CHUNK;
        int from = 0;
        do {
            List<Item> chunk = items.subList(from, Math.min(items.size(), from + size));
            List<Nid> nids = chunk.stream()
                    .map(Item::nid)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            try {
                Map<Nid, Result> results = changes.apply(tenant, gid, nids, change, actor);
                chunk.forEach(item -> answers.add(answer(item, results, change, seen)));
            } catch (SQLException e) {
                if (from == 0) {
                    throw e;
                }
                LOG.error("A part of a change of memberships failed. tenant={} gid={}", tenant, gid, e);
                chunk.forEach(item -> answers.add(notTaken(item)));
            }
            from += size;
        } while (from < items.size());
        return answers;
    }

    private static Answer answer(Item item, Map<Nid, Result> results, MembershipChange change, Set<Nid> seen) {
        Nid nid = item.nid();
        if (nid == null) {
            return new Answer(item.line(), null, null, item.problem());
        }
        Result result = results.getOrDefault(nid, Result.NO_CARD);
        if (result == Result.NO_CARD) {
            return new Answer(item.line(), nid.value(), null, Problem.notFound("eUICC"));
        }
        boolean changed = result == Result.CHANGED && seen.add(nid);
        return new Answer(item.line(), nid.value(), changed ? change.done() : UNCHANGED, null);
    }

    private static Answer notTaken(Item item) {
        Nid nid = item.nid();
        return nid == null
                ? new Answer(item.line(), null, null, item.problem())
                : new Answer(
                        item.line(),
                        nid.value(),
                        null,
                        Problem.of(
                                503, "try-again", "Not changed", "The database did not take this nid; send it again."));
    }
}
