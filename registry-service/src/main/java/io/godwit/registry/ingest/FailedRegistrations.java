package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cards whose RegisterEIS failed as a whole: no event of the card tells it, yet they are refused like any other. A card that
 * waited for ever could not be registered again.
 */
final class FailedRegistrations {
    /** Found by the operation, for which there is an index; a card may have begun another registration since. */
    private static final String WAITING = """
            SELECT e.nid FROM operation o JOIN euicc e ON e.nid = o.nid AND e.operation = o.id
            WHERE o.id = ANY (?) AND e.registration = 'Pending'""";

    private static final String REFUSE = """
            UPDATE euicc e SET registration = 'Refused', refusal_code = c, refusal_detail = d, updated_at = t::timestamptz
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS v(i, c, d, t) JOIN operation o ON o.id = i
            WHERE e.nid = o.nid AND e.operation = i AND e.registration = 'Pending'
            RETURNING e.operation, e.nid""";

    private final Connection connection;

    FailedRegistrations(Connection connection) {
        this.connection = connection;
    }

    /** The cards that wait for one of these operations; to be locked before any operation is. */
    Set<Nid> waiting(Collection<String> operations) throws SQLException {
        Set<Nid> nids = new TreeSet<>();
        if (operations.isEmpty()) {
            return nids;
        }
        try (PreparedStatement select = connection.prepareStatement(WAITING)) {
            Columns.of(select, operations).text(1, id -> id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nids.add(new Nid(rows.getString(1)));
                }
            }
        }
        return nids;
    }

    /** @return each card that was refused, for the audit */
    List<AuditFact> refuse(Map<String, OperationFailed> failed) throws SQLException {
        List<AuditFact> facts = new ArrayList<>();
        if (failed.isEmpty()) {
            return facts;
        }
        try (PreparedStatement update = connection.prepareStatement(REFUSE)) {
            OperationTables.bindFailures(update, failed.values());
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    OperationFailed event = failed.get(rows.getString(1));
                    if (event != null) {
                        facts.add(AuditFact.at(event.at(), "provisioning", "RegistrationRefused")
                                .card(new Nid(rows.getString(2)))
                                .operation(event.operation())
                                .detail(event.code() + ": " + event.detail()));
                    }
                }
            }
        }
        return facts;
    }
}
