package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.campaign.Census;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts a campaign's members. Whoever moves members writes the difference as rows of its own, so that nobody waits for
 * anybody; whoever looks at the campaign, under its lock, adds them up.
 */
public final class CensusTable {
    private CensusTable() {}

    /**
     * Members have moved.
     *
     * @param differences for each operation and state, how many cards more
     */
    public static void add(Connection connection, TenantId tenant, Map<String, Map<String, Integer>> differences)
            throws SQLException {
        Bulk bulk = new Bulk("text", "text", "int8");
        differences.forEach((operation, byState) -> byState.forEach((state, cards) -> {
            if (cards != 0) {
                bulk.add(operation, state, cards.longValue());
            }
        }));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO campaign_delta (tenant_id, operation, state, cards) SELECT ?, u.*" + " FROM "
                        + bulk.unnest() + " AS u")) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Where the members of {@code campaign}, whose lock the caller holds, are now. */
    public static Census take(Connection connection, TenantId tenant, Campaign campaign) throws SQLException {
        sum(connection, tenant, campaign.operation());
        Map<String, Long> counts = counts(connection, tenant, campaign.operation());
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT members, due_at IS NOT NULL AS expanding, (SELECT count(*) FROM procedure p WHERE p.tenant_id = ?"
                        + " AND p.operation = ? AND p.state <> 'Ended' AND p.nid = ANY (?)) AS canary_open"
                        + " FROM expansion WHERE tenant_id = ? AND operation = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, campaign.operation());
            select.setArray(3, connection.createArrayOf("text", Columns.texts(campaign.canary())));
            select.setString(4, tenant.value());
            select.setString(5, campaign.operation());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("a campaign without members: " + campaign.operation());
                }
                return new Census(
                        row.getLong("members"),
                        row.getBoolean("expanding"),
                        counts.getOrDefault("Queued", 0L),
                        counts.getOrDefault("Summoned", 0L),
                        counts.getOrDefault("Ready", 0L),
                        counts.getOrDefault("Succeeded", 0L),
                        counts.getOrDefault("Failed", 0L),
                        counts.getOrDefault("Expired", 0L),
                        row.getLong("canary_open"));
            }
        }
    }

    private static void sum(Connection connection, TenantId tenant, String operation) throws SQLException {
        try (PreparedStatement fold = connection.prepareStatement("WITH gone AS (DELETE FROM campaign_delta"
                + " WHERE tenant_id = ? AND operation = ? RETURNING state, cards)"
                + " INSERT INTO campaign_count AS c (tenant_id, operation, state, cards)"
                + " SELECT ?, ?, state, sum(cards) FROM gone GROUP BY state"
                + " ON CONFLICT (tenant_id, operation, state) DO UPDATE SET cards = c.cards + excluded.cards")) {
            fold.setString(1, tenant.value());
            fold.setString(2, operation);
            fold.setString(3, tenant.value());
            fold.setString(4, operation);
            fold.executeUpdate();
        }
    }

    private static Map<String, Long> counts(Connection connection, TenantId tenant, String operation)
            throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT state, cards FROM campaign_count WHERE tenant_id = ? AND operation = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, operation);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(Columns.text(rows, "state"), rows.getLong("cards"));
                }
            }
        }
        return counts;
    }
}
