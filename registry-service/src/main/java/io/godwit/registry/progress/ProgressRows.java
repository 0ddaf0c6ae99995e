package io.godwit.registry.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be told of operations, read a tenant at a time. */
@ApplicationScoped
public class ProgressRows {
    /** At most so many of an operation at once; the rest is read when they are told. */
    static final int MOST_ROWS = 100;

    private static final String AFTER = """
            SELECT p.*, NOT EXISTS (SELECT 1 FROM operation_progress later
                                    WHERE later.operation = p.operation AND later.sequence > p.sequence) AS newest
            FROM (SELECT * FROM unnest(?::text[], ?::bigint[])) AS v(operation, sequence)
                CROSS JOIN LATERAL (
                    SELECT operation, sequence, at, status, members, counts, campaign_state, campaign_triggers,
                           campaign_commands
                    FROM operation_progress p
                    WHERE p.operation = v.operation AND p.sequence > v.sequence
                    ORDER BY p.sequence LIMIT ?) p
            ORDER BY p.operation, p.sequence""";

    /** Ended by a process that keeps no progress. */
    private static final String ENDED_UNTOLD = """
            SELECT o.id FROM operation o WHERE o.id = ANY (?) AND o.status IN ('Completed', 'Failed')
                AND o.status IS DISTINCT FROM (SELECT p.status FROM operation_progress p
                                               WHERE p.operation = o.id ORDER BY p.sequence DESC LIMIT 1)""";

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final TenantTransaction transactions;
    private final ObjectMapper mapper = new ObjectMapper();

    public ProgressRows(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * The last row of an operation.
     *
     * @param ended whether none will follow
     */
    record Last(long sequence, boolean ended) {}

    /**
     * Written now if none says how the operation stands; empty: there is no such operation.
     *
     * @param only one that this operator has ordered for its profiles; empty: any
     */
    Optional<Last> last(TenantId tenant, String operation, Optional<ProfileOwner> only) throws SQLException {
        return transactions.in(tenant, connection -> {
            if (only.isPresent() && !isOf(connection, operation, only.get())) {
                return Optional.empty();
            }
            append(connection, Set.of(operation));
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT sequence, status FROM operation_progress"
                            + " WHERE operation = ? ORDER BY sequence DESC LIMIT 1")) {
                select.setString(1, operation);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Last(row.getLong(1), Progress.isEnd(row.getString(2))))
                            : Optional.empty();
                }
            }
        });
    }

    private static boolean isOf(Connection connection, String operation, ProfileOwner owner) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM operation WHERE id = ? AND profile_owner = ?")) {
            select.setString(1, operation);
            select.setString(2, owner.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * The rows that follow, in their order.
     *
     * @param told by operation, the sequence after which they are wanted
     */
    Map<String, List<Progress>> after(TenantId tenant, Map<String, Long> told) throws SQLException {
        return transactions.in(tenant, connection -> {
            append(connection, endedUntold(connection, told.keySet()));
            return after(connection, told);
        });
    }

    private Map<String, List<Progress>> after(Connection connection, Map<String, Long> told) throws SQLException {
        Map<String, List<Progress>> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(AFTER)) {
            Columns.of(select, told.entrySet()).text(1, Map.Entry::getKey).number(2, Map.Entry::getValue);
            select.setInt(3, MOST_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(row.getString("operation"), id -> new ArrayList<>())
                            .add(progress(row));
                }
            }
        }
        return rows;
    }

    private static Set<String> endedUntold(Connection connection, Collection<String> operations) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(ENDED_UNTOLD)) {
            Columns.of(select, operations).text(1, id -> id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids;
    }

    private static void append(Connection connection, Set<String> operations) throws SQLException {
        if (operations.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT 1 FROM operation WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
            Columns.of(lock, operations).text(1, id -> id);
            lock.executeQuery().close();
        }
        ProgressLog.append(connection, operations);
    }

    private Progress progress(ResultSet row) throws SQLException {
        Map<String, Long> counts = counts(row.getString("counts"));
        String state = row.getString("campaign_state");
        String status = row.getString("status");
        return new Progress(
                row.getLong("sequence"),
                // One that devices began may turn out to be their group's, after the first of them has ended.
                row.getBoolean("newest") && Progress.isEnd(status),
                row.getString("operation"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                status,
                row.getObject("members", Long.class),
                counts,
                counts.getOrDefault("Succeeded", 0L),
                counts.getOrDefault("Failed", 0L),
                counts.getOrDefault("Expired", 0L),
                state == null
                        ? null
                        : new Progress.Stage(
                                state, row.getLong("campaign_triggers"), row.getLong("campaign_commands")));
    }

    private Map<String, Long> counts(String json) {
        try {
            return mapper.readValue(json, COUNTS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("stored counts cannot be read", e);
        }
    }
}
