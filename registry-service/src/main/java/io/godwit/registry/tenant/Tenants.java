package io.godwit.registry.tenant;

import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.TopicSets;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.request.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets tenants up: topics first, then the tenant, then its announcement. */
@ApplicationScoped
public class Tenants {
    private final TenantTransaction transactions;
    private final TopicSets topicSets;

    public Tenants(TenantTransaction transactions, TopicSets topicSets) {
        this.transactions = transactions;
        this.topicSets = topicSets;
    }

    /** What setting a tenant up came to. */
    public sealed interface SetUp {
        /** It is new. */
        record Created(TenantView tenant) implements SetUp {}

        /** It was there, just so. */
        record Unchanged(TenantView tenant) implements SetUp {}

        /** It is there with another topic set or pool. */
        record Contradicts(TenantView tenant) implements SetUp {}
    }

    /** @param actor for the audit */
    public SetUp setUp(TenantId tenant, TopicSet topics, String pool, String actor) throws SQLException {
        topicSets.ensure(topics);
        return transactions.in(tenant, connection -> {
            if (insert(connection, tenant, topics, pool)) {
                Announcements announcements = Announcements.open(connection, tenant);
                announcements.tell(version -> new FleetRecord.Tenant(tenant, version, topics, pool, true));
                announcements.send();
                AuditLog.append(connection, tenant, AuditFact.of(actor, "TenantCreated"));
                return new SetUp.Created(new TenantView(tenant.value(), topics.name(), pool, true, List.of()));
            }
            TenantView present = find(connection).orElseThrow();
            return present.topicSet().equals(topics.name()) && present.pool().equals(pool)
                    ? new SetUp.Unchanged(present)
                    : new SetUp.Contradicts(present);
        });
    }

    /**
     * Only certificates that rest on {@code anchors} name devices of the tenant from now on. The same once more changes
     * nothing.
     *
     * @param actor for the audit
     * @throws ProblemException 403 when that tenant is not set up, or suspended
     */
    public TenantView trust(TenantId tenant, List<String> anchors, String actor) throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            if (update(connection, tenant, anchors)) {
                TenantView now = find(connection).orElseThrow();
                tell(connection, announcements, tenant, now);
                AuditLog.append(connection, tenant, AuditFact.of(actor, "DeviceTrustAnchorsChanged"));
            }
            return find(connection).orElseThrow();
        });
    }

    /** What cards get that ask by themselves, where no group of theirs has a rule. */
    public RequestPolicy requests(TenantId tenant) throws SQLException {
        return transactions.in(tenant, Tenants::policy);
    }

    /**
     * Gives the tenant another such policy. The same once more changes nothing.
     *
     * @param actor for the audit
     * @throws ProblemException 403 when that tenant is not set up, or suspended
     */
    public void answerRequests(TenantId tenant, RequestPolicy requests, String actor) throws SQLException {
        @Nullable String text = PolicyText.write(requests);
        transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            try (PreparedStatement update = connection.prepareStatement("UPDATE tenant SET request_policy = ?"
                    + " WHERE tenant_id = ? AND request_policy IS DISTINCT FROM ?")) {
                update.setString(1, text);
                update.setString(2, tenant.value());
                update.setString(3, text);
                if (update.executeUpdate() == 0) {
                    return 0;
                }
            }
            tell(connection, announcements, tenant, find(connection).orElseThrow());
            AuditLog.append(
                    connection,
                    tenant,
                    AuditFact.of(actor, "RequestPolicyChanged").detail(text == null ? "says nothing" : text));
            return 1;
        });
    }

    private static void tell(Connection connection, Announcements announcements, TenantId tenant, TenantView now)
            throws SQLException {
        RequestPolicy requests = policy(connection);
        announcements.tell(version -> new FleetRecord.Tenant(
                tenant,
                version,
                new TopicSet(now.topicSet()),
                now.pool(),
                now.active(),
                now.deviceTrustAnchors(),
                requests));
        announcements.send();
    }

    private static RequestPolicy policy(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT request_policy FROM tenant");
                ResultSet row = select.executeQuery()) {
            return row.next() ? PolicyText.read(row.getString(1)) : RequestPolicy.NONE;
        }
    }

    private static boolean update(Connection connection, TenantId tenant, List<String> anchors) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE tenant SET device_trust_anchors = ?"
                + " WHERE tenant_id = ? AND device_trust_anchors IS DISTINCT FROM ?")) {
            Array certificates = connection.createArrayOf("text", anchors.toArray());
            update.setArray(1, certificates);
            update.setString(2, tenant.value());
            update.setArray(3, certificates);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, TenantId tenant, TopicSet topics, String pool)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO tenant (tenant_id, topic_set, pool) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, tenant.value());
            insert.setString(2, topics.name());
            insert.setString(3, pool);
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<TenantView> find(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT tenant_id, topic_set, pool, active, device_trust_anchors FROM tenant");
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new TenantView(
                            row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), List.of((String[])
                                    row.getArray(5).getArray())))
                    : Optional.empty();
        }
    }
}
