package io.godwit.provisioning.postgres;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.campaign.Stage;
import io.godwit.provisioning.procedure.GroupCourse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table {@code campaign}. A campaign is written only by who holds the lock of its row. */
public final class CampaignTable {
    private static final String READ = "SELECT * FROM campaign WHERE tenant_id = ?";

    private CampaignTable() {}

    /** A new one; the same again changes nothing. */
    public static void insert(Connection connection, TenantId tenant, Campaign campaign) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO campaign (tenant_id, operation, gid, function, plan, triggers, opened_at, valid_until, stage,"
                        + " paused, packages, events, due_at) VALUES (?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?,"
                        + " ?, ?, ?, ?::timestamptz) ON CONFLICT (tenant_id, operation) DO NOTHING")) {
            insert.setString(1, tenant.value());
            insert.setString(2, campaign.operation());
            insert.setString(3, campaign.gid().value());
            insert.setString(4, JsonWriter.write(campaign.function().toJson()).toUtf8());
            insert.setString(5, JsonWriter.write(campaign.plan().toJson()).toUtf8());
            insert.setBoolean(6, campaign.triggers());
            insert.setString(7, campaign.openedAt().toString());
            insert.setString(8, campaign.validUntil().toString());
            insert.setString(9, campaign.stage().literal());
            insert.setBoolean(10, campaign.paused());
            insert.setString(11, CampaignTexts.packages(campaign));
            insert.setLong(12, campaign.events());
            insert.setString(13, Columns.text(campaign.due()));
            insert.executeUpdate();
        }
    }

    /** Locks one that is due and that nobody else works on. */
    public static Optional<Campaign> lockDue(Connection connection, TenantId tenant, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                READ + " AND due_at <= ?::timestamptz ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setString(2, now.toString());
            return one(select);
        }
    }

    /** Locks that one, and waits for whoever works on it. */
    public static Optional<Campaign> lock(Connection connection, TenantId tenant, String operation)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(READ + " AND operation = ? FOR UPDATE")) {
            select.setString(1, tenant.value());
            select.setString(2, operation);
            return one(select);
        }
    }

    /** What members need to know of these operations; those that are no campaigns are left out. */
    public static Map<String, GroupCourse> courses(
            Connection connection, TenantId tenant, Collection<String> operations) throws SQLException {
        Map<String, GroupCourse> courses = new HashMap<>();
        if (operations.isEmpty()) {
            return courses;
        }
        try (PreparedStatement select = connection.prepareStatement(READ + " AND operation = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(operations)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Campaign campaign = read(rows);
                    courses.put(campaign.operation(), campaign.course());
                }
            }
        }
        return courses;
    }

    public static void update(Connection connection, TenantId tenant, Campaign campaign) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE campaign SET stage = ?, paused = ?, triggered_at = ?::timestamptz, packages = ?, events = ?,"
                        + " due_at = ?::timestamptz WHERE tenant_id = ? AND operation = ?")) {
            update.setString(1, campaign.stage().literal());
            update.setBoolean(2, campaign.paused());
            update.setString(3, Columns.text(campaign.triggeredAt()));
            update.setString(4, CampaignTexts.packages(campaign));
            update.setLong(5, campaign.events());
            update.setString(6, Columns.text(campaign.due()));
            update.setString(7, tenant.value());
            update.setString(8, campaign.operation());
            update.executeUpdate();
        }
    }

    /** The members that wait for a package, with their EIDs, in the order of nids. */
    public static Map<Nid, Eid> reachable(Connection connection, TenantId tenant, String operation)
            throws SQLException {
        Map<Nid, Eid> reachable = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT p.nid, c.eid FROM procedure p"
                + " JOIN card c ON c.tenant_id = p.tenant_id AND c.nid = p.nid WHERE p.tenant_id = ? AND p.operation = ?"
                + " AND p.state IN ('Summoned', 'Ready') ORDER BY p.nid")) {
            select.setString(1, tenant.value());
            select.setString(2, operation);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reachable.put(new Nid(Columns.text(rows, "nid")), new Eid(Columns.text(rows, "eid")));
                }
            }
        }
        return reachable;
    }

    /**
     * The cards that would obey a package of the group, whether they are members of this campaign or not: besides its members
     * those that have left, and hold its configuration still, or may get it by a message that is under way.
     */
    public static Map<Nid, Eid> obeying(Connection connection, TenantId tenant, Gid gid) throws SQLException {
        Map<Nid, Eid> obeying = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT nid, eid FROM card c WHERE tenant_id = ?"
                + " AND group_packages AND (nid IN (SELECT nid FROM member WHERE tenant_id = ? AND gid = ?)"
                + " OR nid IN (SELECT nid FROM procedure WHERE tenant_id = ? AND operation = ''"
                + " AND state IN ('Commanded', 'Auditing')) OR groups::jsonb @>"
                + " jsonb_build_object('groups', jsonb_build_array(jsonb_build_object('gid', ?::text))))")) {
            select.setString(1, tenant.value());
            select.setString(2, tenant.value());
            select.setString(3, gid.value());
            select.setString(4, tenant.value());
            select.setString(5, gid.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    obeying.put(new Nid(Columns.text(rows, "nid")), new Eid(Columns.text(rows, "eid")));
                }
            }
        }
        return obeying;
    }

    /**
     * Members that wait for the campaign look at it: those that a package is for at {@code answersBy}, the others now. One
     * that somebody works on is left out, and looks by itself a little later.
     */
    public static void wake(Connection connection, TenantId tenant, String operation, Instant now, Instant answersBy)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE procedure p SET due_at ="
                + " CASE w.state WHEN 'Deferred' THEN ?::timestamptz ELSE ?::timestamptz END FROM"
                + " (SELECT procedure_id, state FROM procedure WHERE tenant_id = ? AND operation = ?"
                + " AND state IN ('Summoned', 'Ready', 'Deferred') ORDER BY nid FOR UPDATE SKIP LOCKED) w"
                + " WHERE p.tenant_id = ? AND p.procedure_id = w.procedure_id")) {
            update.setString(1, now.toString());
            update.setString(2, answersBy.toString());
            update.setString(3, tenant.value());
            update.setString(4, operation);
            update.setString(5, tenant.value());
            update.executeUpdate();
        }
    }

    private static Optional<Campaign> one(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    private static Campaign read(ResultSet row) throws SQLException {
        CampaignTexts.Sent sent = CampaignTexts.packages(Columns.text(row, "packages"));
        return new Campaign(
                Columns.text(row, "operation"),
                new Gid(Columns.text(row, "gid")),
                EsFunction.fromJson(CardTexts.read(Columns.text(row, "function"))),
                CampaignPlan.fromJson(CardTexts.read(Columns.text(row, "plan"))),
                row.getBoolean("triggers"),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "valid_until"),
                Stage.of(Columns.text(row, "stage")),
                row.getBoolean("paused"),
                Columns.findInstant(row, "triggered_at"),
                sent.packages(),
                sent.canary(),
                row.getLong("events"),
                Columns.findInstant(row, "due_at"));
    }
}
