package io.godwit.registry.group;

import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.group.MembershipChange.Join;
import io.godwit.registry.group.MembershipChange.RemoveForSecurity;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Changes of memberships, those of many cards at once, announced in the transaction that makes them. */
@ApplicationScoped
public class MembershipChanges {
    private final TenantTransaction transactions;

    public MembershipChanges(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What a change came to for one card. */
    enum Result {
        CHANGED,
        /** It was so before. */
        UNCHANGED,
        /** The tenant has no such card. */
        NO_CARD
    }

    /**
     * Changes them all, in one transaction.
     *
     * @throws ProblemException 404 when the tenant has no such group
     */
    Map<Nid, Result> apply(TenantId tenant, Gid gid, Collection<Nid> nids, MembershipChange change, String actor)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            MembershipTables tables = new MembershipTables(connection, tenant, gid);
            boolean forSecurity = change instanceof RemoveForSecurity;
            Map<Nid, Boolean> cards = tables.lock(nids);
            GroupRow group = forSecurity ? GroupRow.lock(connection, gid) : GroupRow.read(connection, gid);
            Set<Nid> there = new TreeSet<>(nids);
            // A card that was taken out of the tenant may still have a configuration of the group.
            there.removeIf(nid -> !(forSecurity ? cards.containsKey(nid) : cards.getOrDefault(nid, false)));
            List<AuditFact> facts = new ArrayList<>();
            Set<Nid> changed = apply(tables, group, there, change, actor, facts);
            if (!changed.isEmpty()) {
                Devices.tell(connection, announcements, tenant, changed);
                if (forSecurity) {
                    GroupRow raised = group.raise(connection);
                    raised.tell(announcements, tenant);
                    facts.add(AuditFact.of(actor, "GroupEpochRaised").detail("epoch " + raised.epoch()));
                }
                facts.replaceAll(fact -> fact.group(gid));
                AuditLog.append(connection, tenant, facts);
                announcements.send();
            }
            return results(nids, there, changed);
        });
    }

    private static Set<Nid> apply(
            MembershipTables tables,
            GroupRow group,
            Set<Nid> nids,
            MembershipChange change,
            String actor,
            List<AuditFact> facts)
            throws SQLException {
        if (change instanceof Join join) {
            return join(tables, nids, join, actor, facts);
        }
        boolean forSecurity = change instanceof RemoveForSecurity;
        Set<Nid> changed = forSecurity ? tables.remove(nids, group.epoch()) : tables.leave(nids);
        String action = forSecurity ? "MemberRemovedForSecurity" : "MemberLeft";
        changed.forEach(nid -> facts.add(AuditFact.of(actor, action).card(nid)));
        return changed;
    }

    private static Set<Nid> join(MembershipTables tables, Set<Nid> nids, Join join, String actor, List<AuditFact> facts)
            throws SQLException {
        Set<Nid> before = tables.members(nids);
        Set<Nid> changed = tables.join(nids, join.spokesman());
        boolean spokesman = Boolean.TRUE.equals(join.spokesman());
        for (Nid nid : changed) {
            if (!before.contains(nid)) {
                facts.add(AuditFact.of(actor, "MemberJoined").card(nid));
            }
            if (spokesman || before.contains(nid)) {
                facts.add(AuditFact.of(actor, spokesman ? "SpokesmanAppointed" : "SpokesmanDismissed")
                        .card(nid));
            }
        }
        return changed;
    }

    private static Map<Nid, Result> results(Collection<Nid> nids, Set<Nid> there, Set<Nid> changed) {
        Map<Nid, Result> results = new HashMap<>();
        for (Nid nid : nids) {
            results.put(
                    nid,
                    changed.contains(nid) ? Result.CHANGED : there.contains(nid) ? Result.UNCHANGED : Result.NO_CARD);
        }
        return results;
    }
}
