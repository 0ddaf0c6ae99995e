package io.godwit.registry.announce;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What one transaction tells the world: first fleet records, each with the next {@code fleetVersion}, then orders that
 * presuppose them.
 *
 * <p>The first fleet record locks the tenant's row until the commit: a tenant's fleet records leave in the order of their
 * versions, because the next transaction writes its own only after this one is committed. So open it late, after the work on
 * cards and groups.
 */
public final class Announcements {
    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final int fleetPartition;
    private final List<OutboxRecord> records = new ArrayList<>();
    private final List<LongFunction<FleetRecord>> fleet = new ArrayList<>();
    private final List<LongFunction<OrderRecord>> orders = new ArrayList<>();

    private Announcements(Connection connection, TenantId tenant, TopicSet topics, int partitions) {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.fleetPartition = RecordKey.fleetPartition(tenant, partitions);
    }

    /**
     * @param connection in a transaction of {@code tenant}
     * @throws ProblemException 403 when that tenant is not set up, or suspended
     */
    public static Announcements open(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT t.topic_set, s.partitions FROM tenant t"
                + " JOIN topic_set s ON s.name = t.topic_set WHERE t.tenant_id = ? AND t.active")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.of(
                            403,
                            "unknown-tenant",
                            "The tenant is not set up",
                            "A platform administrator sets it up with POST /v1/tenants."));
                }
                return new Announcements(connection, tenant, new TopicSet(row.getString(1)), row.getInt(2));
            }
        }
    }

    /** @param withVersion makes the record when its version is known */
    public void tell(LongFunction<FleetRecord> withVersion) {
        fleet.add(withVersion);
    }

    /** @param withVersion makes the order when the fleet version that it presupposes is known */
    public void order(LongFunction<OrderRecord> withVersion) {
        orders.add(withVersion);
    }

    /** Writes all of it to the outbox. */
    public void send() throws SQLException {
        long last = fleet.isEmpty() ? version("SELECT fleet_version FROM tenant WHERE tenant_id = ?") : advance();
        long version = last - fleet.size();
        for (LongFunction<FleetRecord> fact : fleet) {
            version++;
            FleetRecord made = fact.apply(version);
            records.add(OutboxRecord.of(tenant, topics.fleet(), made.key(), made.encode())
                    .toPartition(fleetPartition));
        }
        for (LongFunction<OrderRecord> order : orders) {
            OrderRecord made = order.apply(last);
            records.add(OutboxRecord.of(tenant, topics.orders(), made.key(), made.encode()));
        }
        Outbox.append(connection, records);
    }

    private long advance() throws SQLException {
        return version("UPDATE tenant SET fleet_version = fleet_version + " + fleet.size()
                + " WHERE tenant_id = ? RETURNING fleet_version");
    }

    private long version(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the tenant's row is gone");
                }
                return row.getLong(1);
            }
        }
    }
}
