package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cards, written a slice at a time. */
final class CardTables {
    private static final String UPDATE = """
            UPDATE euicc e
            SET last_sequence = s, updated_at = t::timestamptz, online = coalesce(o::boolean, e.online) AND e.active,
                registration = CASE WHEN p = e.operation THEN r ELSE e.registration END,
                refusal_code = CASE WHEN p = e.operation THEN c ELSE e.refusal_code END,
                refusal_detail = CASE WHEN p = e.operation THEN d ELSE e.refusal_detail END,
                audited_at = coalesce(a::timestamptz, e.audited_at),
                applications = coalesce(i::bigint, e.applications),
                free_non_volatile_memory = coalesce(f::bigint, e.free_non_volatile_memory),
                free_volatile_memory = coalesce(w::bigint, e.free_volatile_memory),
                key_set_version = coalesce(k::int, e.key_set_version)
            FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS v(n, s, t, o, p, r, c, d, a, i, f, w, k)
            WHERE e.nid = n""";
    private final Connection connection;
    private final TenantId tenant;

    CardTables(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Locks the cards in the order of nids, and tells their last sequences. */
    Map<Nid, Long> lock(Collection<Nid> nids) throws SQLException {
        Map<Nid, Long> sequences = new HashMap<>();
        if (nids.isEmpty()) {
            return sequences;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid, last_sequence FROM euicc WHERE nid = ANY (?) ORDER BY nid FOR UPDATE")) {
            Columns.of(select, nids).text(1, nid -> nid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sequences.put(new Nid(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        return sequences;
    }

    /** @return what an auditor wants to know of it: each profile that came, went or changed */
    List<AuditFact> apply(Collection<CardChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            Columns.of(update, changes)
                    .text(1, CardChange::nid)
                    .number(2, CardChange::sequence)
                    .text(3, CardChange::at)
                    .text(4, CardChange::online)
                    .text(5, registered(CardChange.Registered::operation))
                    .text(6, registered(CardChange.Registered::state))
                    .text(7, registered(CardChange.Registered::code))
                    .text(8, registered(CardChange.Registered::detail))
                    .text(9, audited(CardChange.Audit::at))
                    .text(10, audited(audit -> audit.resources().applications()))
                    .text(11, audited(audit -> audit.resources().freeNonVolatileMemory()))
                    .text(12, audited(audit -> audit.resources().freeVolatileMemory()))
                    .text(13, CardChange::keySetVersion);
            update.executeUpdate();
        }
        List<CardChange> withProfiles =
                changes.stream().filter(change -> change.profiles() != null).toList();
        return withProfiles.isEmpty() ? List.of() : new ProfileTables(connection, tenant).apply(withProfiles);
    }

    private static Function<CardChange, @Nullable Object> registered(
            Function<CardChange.Registered, @Nullable Object> column) {
        return change -> change.registration() == null ? null : column.apply(change.registration());
    }

    private static Function<CardChange, @Nullable Object> audited(Function<CardChange.Audit, @Nullable Object> column) {
        return change -> change.audit() == null ? null : column.apply(change.audit());
    }
}
