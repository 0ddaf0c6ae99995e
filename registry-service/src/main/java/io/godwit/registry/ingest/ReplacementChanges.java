package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord.OfReplacement;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.EventRecord.ReplacementStuck;
import io.godwit.protocol.record.Outcome;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.replacement.Replacement;
import io.godwit.registry.replacement.ReplacementFact;
import io.godwit.registry.replacement.ReplacementFact.Progressed;
import io.godwit.registry.replacement.ReplacementFact.Stuck;
import io.godwit.registry.replacement.ReplacementTables;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a slice's events say of replacements; to be applied before cards, of which some are told to be without what they gave away. */
final class ReplacementChanges {
    /** Those that successors get of their own, because the old card is given up: a download that is named like the replacement. */
    private static final String OWN = "SELECT target FROM operation WHERE id = ANY (?) AND target_kind = 'iccid'";

    private ReplacementChanges() {}

    /** The profiles that they are about. */
    static Set<String> iccids(Connection connection, Fold fold) throws SQLException {
        Set<String> iccids = new TreeSet<>();
        if (fold.replacements().isEmpty()) {
            return iccids;
        }
        fold.replacements()
                .values()
                .forEach(events -> events.forEach(
                        event -> iccids.add(event.parties().iccid().digits())));
        try (PreparedStatement select = connection.prepareStatement(OWN)) {
            Columns.of(select, fold.replacements().keySet()).text(1, ticket -> ticket);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    iccids.add(row.getString("target"));
                }
            }
        }
        return iccids;
    }

    /**
     * @param parties cards that may have something to hand over, whatever is told of replacements
     * @return each end and each alarm, for the audit
     */
    static List<AuditFact> apply(Connection connection, TenantId tenant, Fold fold, Set<Nid> parties)
            throws SQLException {
        List<AuditFact> facts = new ArrayList<>();
        if (parties.isEmpty()) {
            return facts;
        }
        ReplacementTables tables = new ReplacementTables(connection, tenant);
        Map<String, Replacement> known = tables.lock(fold.replacements().keySet(), parties);
        for (Map.Entry<String, List<OfReplacement>> told : fold.replacements().entrySet()) {
            apply(tables, told.getKey(), known.get(told.getKey()), told.getValue(), facts);
        }
        if (!fold.replacements().isEmpty()) {
            tables.prune(parties, fold.replacements().keySet(), Instant.now());
        }
        return facts;
    }

    private static void apply(
            ReplacementTables tables,
            String ticket,
            @Nullable Replacement known,
            List<OfReplacement> events,
            List<AuditFact> facts)
            throws SQLException {
        Replacement now = known;
        for (OfReplacement event : events) {
            if (now != null && event.sequence() <= now.sequence()) {
                continue;
            }
            ReplacementFact fact = fact(event);
            Replacement next = now == null ? Replacement.begun(event.parties(), fact) : now.then(event.parties(), fact);
            tables.put(ticket, next);
            tables.append(ticket, next, fact);
            audit(event, fact, facts);
            now = next;
        }
    }

    private static ReplacementFact fact(OfReplacement event) {
        if (event instanceof ReplacementProgressed progressed) {
            return new Progressed(
                    progressed.sequence(),
                    progressed.at(),
                    progressed.stage(),
                    progressed.holder(),
                    progressed.outcome(),
                    progressed.evidence(),
                    progressed.successorEvidence(),
                    progressed.forced());
        }
        ReplacementStuck stuck = (ReplacementStuck) event;
        return new Stuck(stuck.sequence(), stuck.at(), stuck.code(), stuck.detail());
    }

    private static void audit(OfReplacement event, ReplacementFact fact, List<AuditFact> facts) {
        if (fact instanceof Stuck stuck) {
            facts.add(entry(event, "ReplacementStuck").detail(stuck.code() + ": " + stuck.detail()));
            return;
        }
        Outcome outcome = ((Progressed) fact).outcome();
        if (outcome != null) {
            String code = outcome.code() == null ? "" : " " + outcome.code() + ": " + outcome.detail();
            facts.add(entry(event, "ReplacementEnded")
                    .detail("ICCID " + event.parties().iccid() + " from "
                            + event.parties().old() + " to " + event.parties().successor() + ": "
                            + outcome.status().literal() + code));
        }
    }

    private static AuditFact entry(OfReplacement event, String action) {
        return AuditFact.at(event.at(), "provisioning", action)
                .card(event.parties().old())
                .group(event.parties().gid())
                .operation(event.ticket());
    }
}
