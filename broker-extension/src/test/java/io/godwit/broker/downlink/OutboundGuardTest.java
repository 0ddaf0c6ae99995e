package io.godwit.broker.downlink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.godwit.broker.downlink.GroupTopics.Group;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundGuardTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Nid DEV = new Nid("dev");
    private static final Gid METERS = new Gid("meters");

    private final FleetView fleet = new FleetView();
    private final Connections connections = new Connections(5);
    private final DeviceConnection connection =
            new DeviceConnection("1", "acme/dev/a", new Claim(ACME, DEV), Octets.EMPTY);
    private final OutboundGuard guard = new OutboundGuard(
            connection, new GroupTopics("secret"), fleet, connections, new BridgeMetrics(new MetricRegistry()));
    private long version;

    @BeforeEach
    void member() {
        for (TenantId tenant : List.of(ACME, GLOBEX)) {
            fleet.apply(new FleetRecord.Tenant(tenant, ++version, TopicSet.SHARED, "default", true));
            device(tenant, true, "meters");
        }
        connections.add(connection);
        connections.subscribed(connection);
    }

    @Test
    void aMemberReceivesWhatIsForItsGroupAndForNoOther() {
        assertTrue(guard.receives(new Group(ACME, METERS)));
        assertFalse(guard.receives(new Group(ACME, new Gid("pumps"))));
        assertFalse(guard.receives(new Group(GLOBEX, METERS)), "another tenant's group of the same name");
    }

    @Test
    void whoHasLeftReceivesNothing() {
        device(ACME, true, "pumps");
        assertFalse(guard.receives(new Group(ACME, METERS)));
    }

    @Test
    void aRemovedDeviceAClosedGroupAndASuspendedTenantReceiveNothing() {
        fleet.apply(new FleetRecord.Group(ACME, ++version, METERS, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, false));
        assertFalse(guard.receives(new Group(ACME, METERS)));
        fleet.apply(new FleetRecord.Group(ACME, ++version, METERS, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, true));
        assertTrue(guard.receives(new Group(ACME, METERS)));
        device(ACME, false, "meters");
        assertFalse(guard.receives(new Group(ACME, METERS)));
        device(ACME, true, "meters");
        fleet.apply(new FleetRecord.Tenant(ACME, ++version, TopicSet.SHARED, "default", false));
        assertFalse(guard.receives(new Group(ACME, METERS)));
    }

    @Test
    void onlyTheSubscribingConnectionReceives() {
        DeviceConnection newer = new DeviceConnection("2", "acme/dev/b", new Claim(ACME, DEV), Octets.EMPTY);
        connections.add(newer);
        connections.subscribed(newer);
        assertFalse(guard.receives(new Group(ACME, METERS)));
        connections.unsubscribed(newer);
        assertFalse(guard.receives(new Group(ACME, METERS)));
    }

    private void device(TenantId tenant, boolean active, String... groups) {
        fleet.apply(new FleetRecord.Device(
                tenant,
                ++version,
                DEV,
                new Eid("89049032123451234512345678901235"),
                Octets.EMPTY,
                Arrays.stream(groups)
                        .map(gid -> new FleetRecord.Membership(new Gid(gid), 1))
                        .toList(),
                active));
    }
}
