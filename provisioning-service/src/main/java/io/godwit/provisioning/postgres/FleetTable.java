package io.godwit.provisioning.postgres;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.provisioning.request.GroupPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fleet as it was read so far: the tables {@code tenant}, {@code fleet_group} and {@code member}. */
public final class FleetTable {
    /**
     * The tenant.
     *
     * @param fleetVersion 0 before its first fleet record
     */
    public record Tenant(long fleetVersion, TopicSet topicSet) {}

    private FleetTable() {}

    /**
     * From now to the end of the transaction nobody else changes what is known of the tenant's fleet. Whoever applies fleet
     * records holds it, and whoever puts something aside until they come: else one looks, the other applies and finds nothing
     * that waits, the first puts it aside, and it waits for ever.
     */
    public static void lock(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended('fleet/' || ?, 0))")) {
            select.setString(1, tenant.value());
            select.execute();
        }
    }

    public static Tenant tenant(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT fleet_version, topic_set FROM tenant WHERE tenant_id = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Tenant(row.getLong(1), new TopicSet(Columns.text(row, "topic_set")))
                        : new Tenant(0, TopicSet.SHARED);
            }
        }
    }

    /**
     * Which of {@code records} are newer than what was read of their keys, under {@link #lock}. A dispatcher that stood still
     * may send an old record once more, behind newer ones.
     */
    public static List<FleetRecord> news(Connection connection, TenantId tenant, List<FleetRecord> records)
            throws SQLException {
        Map<String, Long> read = versions(connection, tenant, records);
        List<FleetRecord> news = new ArrayList<>();
        Map<String, Long> newest = new LinkedHashMap<>();
        for (FleetRecord fact : records) {
            if (fact.fleetVersion() > read.getOrDefault(fact.key(), 0L)) {
                read.put(fact.key(), fact.fleetVersion());
                newest.put(fact.key(), fact.fleetVersion());
                news.add(fact);
            }
        }
        Bulk bulk = new Bulk("text", "int8");
        newest.forEach(bulk::add);
        if (!bulk.isEmpty()) {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO fleet_fact (tenant_id, key, version) SELECT ?, u.* FROM " + bulk.unnest()
                            + " AS u ON CONFLICT (tenant_id, key) DO UPDATE SET version = excluded.version")) {
                upsert.setString(1, tenant.value());
                bulk.bind(connection, upsert, 2);
                upsert.executeUpdate();
            }
        }
        return news;
    }

    private static Map<String, Long> versions(Connection connection, TenantId tenant, List<FleetRecord> records)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT key, version FROM fleet_fact WHERE tenant_id = ? AND key = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            records.stream().map(FleetRecord::key).distinct().toArray()));
            Map<String, Long> versions = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.put(Columns.text(rows, "key"), rows.getLong("version"));
                }
            }
            return versions;
        }
    }

    /** Takes in fleet records of one tenant, in their order, under {@link #lock}. */
    public static void apply(Connection connection, TenantId tenant, List<FleetRecord> records) throws SQLException {
        Map<Nid, FleetRecord.Device> devices = new LinkedHashMap<>();
        Map<Gid, FleetRecord.Group> groups = new LinkedHashMap<>();
        FleetRecord.@Nullable Tenant self = null;
        long version = 0;
        for (FleetRecord fact : records) {
            version = Math.max(version, fact.fleetVersion());
            if (fact instanceof FleetRecord.Device device) {
                devices.put(device.nid(), device);
            } else if (fact instanceof FleetRecord.Group group) {
                groups.put(group.gid(), group);
            } else {
                self = (FleetRecord.Tenant) fact;
            }
        }
        applyDevices(connection, tenant, devices.values());
        applyGroups(connection, tenant, groups.values());
        applyTenant(connection, tenant, self, version);
    }

    /** The groups of these cards. */
    public static Map<Nid, Set<Gid>> groups(Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        Map<Nid, Set<Gid>> groups = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid, gid FROM member WHERE tenant_id = ? AND nid = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.computeIfAbsent(new Nid(Columns.text(rows, "nid")), nid -> new HashSet<>())
                            .add(new Gid(Columns.text(rows, "gid")));
                }
            }
        }
        return groups;
    }

    /** What the tenant answers to cards of whose groups none has a rule. */
    public static RequestPolicy policy(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT requests FROM tenant WHERE tenant_id = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? policy(row.getString(1), null) : RequestPolicy.NONE;
            }
        }
    }

    /** What that group answers; a group that is not known says nothing. */
    public static RequestPolicy policy(Connection connection, TenantId tenant, Gid gid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT requests, on_request FROM fleet_group WHERE tenant_id = ? AND gid = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, gid.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? policy(row.getString("requests"), row.getString("on_request")) : RequestPolicy.NONE;
            }
        }
    }

    /** What the groups of these cards answer to a request. */
    public static Map<Nid, List<GroupPolicy>> policies(Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        Map<Nid, List<GroupPolicy>> policies = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT m.nid, m.gid, g.on_request, g.requests,"
                + " m.spokesman FROM member m LEFT JOIN fleet_group g ON g.tenant_id = m.tenant_id AND g.gid = m.gid"
                + " WHERE m.tenant_id = ? AND m.nid = ANY (?) ORDER BY m.gid")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Gid gid = new Gid(Columns.text(rows, "gid"));
                    boolean spokesman = rows.getBoolean("spokesman");
                    policies.computeIfAbsent(new Nid(Columns.text(rows, "nid")), nid -> new ArrayList<>())
                            .add(new GroupPolicy(
                                    gid,
                                    policy(rows.getString("requests"), rows.getString("on_request")),
                                    spokesman,
                                    spokesman ? campaigns(connection, tenant, gid) : List.of()));
                }
            }
        }
        return policies;
    }

    private static List<GroupPolicy.Campaign> campaigns(Connection connection, TenantId tenant, Gid gid)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT operation, function FROM campaign"
                + " WHERE tenant_id = ? AND gid = ? AND due_at IS NOT NULL ORDER BY operation")) {
            select.setString(1, tenant.value());
            select.setString(2, gid.value());
            List<GroupPolicy.Campaign> campaigns = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    campaigns.add(new GroupPolicy.Campaign(
                            Columns.text(rows, "operation"),
                            EsFunction.fromJson(CardTexts.read(Columns.text(rows, "function")))));
                }
            }
            return campaigns;
        }
    }

    /** @param onRequest of a group that gives one function to whoever asks, and says no more */
    private static RequestPolicy policy(@Nullable String requests, @Nullable String onRequest) {
        if (onRequest != null) {
            return RequestPolicy.automatic(EsFunction.fromJson(CardTexts.read(onRequest)));
        }
        return requests == null ? RequestPolicy.NONE : RequestPolicy.fromJson(CardTexts.read(requests));
    }

    private static @Nullable String text(RequestPolicy policy) {
        return policy.equals(RequestPolicy.NONE)
                ? null
                : JsonWriter.write(policy.toJson()).toUtf8();
    }

    private static void applyTenant(
            Connection connection, TenantId tenant, FleetRecord.@Nullable Tenant self, long version)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO tenant AS t (tenant_id, fleet_version, topic_set, active, requests) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (tenant_id) DO UPDATE SET"
                        + " fleet_version = greatest(t.fleet_version, excluded.fleet_version),"
                        + " topic_set = CASE WHEN ? THEN excluded.topic_set ELSE t.topic_set END,"
                        + " active = CASE WHEN ? THEN excluded.active ELSE t.active END,"
                        + " requests = CASE WHEN ? THEN excluded.requests ELSE t.requests END")) {
            upsert.setString(1, tenant.value());
            upsert.setLong(2, version);
            upsert.setString(
                    3, self == null ? TopicSet.SHARED.name() : self.topicSet().name());
            upsert.setBoolean(4, self == null || self.active());
            upsert.setString(5, self == null ? null : text(self.requests()));
            upsert.setBoolean(6, self != null);
            upsert.setBoolean(7, self != null);
            upsert.setBoolean(8, self != null);
            upsert.executeUpdate();
        }
    }

    private static void applyDevices(Connection connection, TenantId tenant, Collection<FleetRecord.Device> devices)
            throws SQLException {
        if (devices.isEmpty()) {
            return;
        }
        Bulk memberships = new Bulk("text", "text", "int4", "bool");
        Map<Nid, Eid> present = new LinkedHashMap<>();
        for (FleetRecord.Device device : devices) {
            if (device.active()) {
                present.put(device.nid(), device.eid());
                device.groups()
                        .forEach(group -> memberships.add(
                                group.gid().value(), device.nid().value(), group.joinEpoch(), group.spokesman()));
            }
        }
        CardTable.announce(connection, tenant, present);
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM member WHERE tenant_id = ? AND nid = ANY (?)")) {
            delete.setString(1, tenant.value());
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            Columns.texts(devices.stream()
                                    .map(FleetRecord.Device::nid)
                                    .toList())));
            delete.executeUpdate();
        }
        if (!memberships.isEmpty()) {
            String sql = "INSERT INTO member (tenant_id, gid, nid, join_epoch, spokesman) SELECT ?, u.* FROM "
                    + memberships.unnest() + " AS u";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, tenant.value());
                memberships.bind(connection, insert, 2);
                insert.executeUpdate();
            }
        }
    }

    private static void applyGroups(Connection connection, TenantId tenant, Collection<FleetRecord.Group> groups)
            throws SQLException {
        RegroupingTable.expect(connection, tenant, groups);
        Bulk bulk = new Bulk("text", "text", "text", "int4", "bool");
        for (FleetRecord.Group group : groups) {
            // The shorthand stays where replicas of the version before look for it.
            Optional<EsFunction> onRequest = group.requests().shorthand();
            bulk.add(
                    group.gid().value(),
                    onRequest
                            .map(function -> JsonWriter.write(function.toJson()).toUtf8())
                            .orElse(null),
                    onRequest.isPresent() ? null : text(group.requests()),
                    group.epoch(),
                    group.active());
        }
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "WITH u AS (SELECT * FROM " + bulk.unnest()
                + " AS r(gid, on_request, requests, epoch, active)), gone AS (DELETE FROM fleet_group g USING u WHERE"
                + " g.tenant_id = ? AND g.gid = u.gid AND NOT u.active) INSERT INTO fleet_group (tenant_id, gid,"
                + " on_request, requests, epoch) SELECT ?, gid, on_request, requests, epoch FROM u WHERE active ON"
                + " CONFLICT (tenant_id, gid) DO UPDATE SET on_request = excluded.on_request, requests ="
                + " excluded.requests, epoch = excluded.epoch";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            bulk.bind(connection, upsert, 1);
            upsert.setString(6, tenant.value());
            upsert.setString(7, tenant.value());
            upsert.executeUpdate();
        }
    }
}
