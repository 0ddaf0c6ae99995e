package io.godwit.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.identity.FleetView.Revoked;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.FleetRecord.Membership;
import io.godwit.protocol.record.RequestPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetViewTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Nid DEV = new Nid("dev");
    private static final Octets OLD = Octets.of(new byte[32]);
    private static final Octets NEW = Octets.utf8("x".repeat(32));

    private final FleetView fleet = new FleetView();

    @Test
    void aDeviceIsKnownInItsTenantOnlyAndOnlyWhileTheTenantIsInService() {
        fleet.apply(device(2, OLD, true));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV), "the tenant is not announced yet");

        fleet.apply(tenant(1, true));
        assertTrue(fleet.find(ACME, DEV).isPresent());
        assertEquals(Optional.of(TopicSet.SHARED), fleet.topicSet(ACME));
        assertEquals(Optional.empty(), fleet.find(GLOBEX, DEV));
        assertEquals(1, fleet.size());

        assertEquals(Optional.of(new Revoked(ACME, null)), fleet.apply(tenant(3, false)));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
        assertEquals(Optional.empty(), fleet.topicSet(ACME));
        assertEquals(0, fleet.size());
    }

    @Test
    void aRemovalAndANewSecretRevokeAndARepetitionDoesNot() {
        fleet.apply(tenant(1, true));

        assertEquals(Optional.empty(), fleet.apply(device(2, OLD, true)));
        assertEquals(Optional.empty(), fleet.apply(device(3, OLD, true, "meters")));
        assertEquals(Optional.of(new Revoked(ACME, DEV)), fleet.apply(device(4, NEW, true)));
        assertEquals(Optional.of(new Revoked(ACME, DEV)), fleet.apply(device(5, NEW, false)));
        assertEquals(Optional.empty(), fleet.apply(device(6, NEW, false)));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
    }

    @Test
    void aStolenDeviceIsCutOffAndNoOlderRecordLetsItIn() {
        fleet.apply(tenant(1, true));
        fleet.apply(device(2, OLD, true, "meters"));

        assertEquals(Optional.of(new Revoked(ACME, DEV)), fleet.apply(cutOff(5)));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV), "though it is of the fleet");
        assertFalse(fleet.isMember(ACME, DEV, new Gid("meters")));
        fleet.apply(device(4, OLD, true));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
        assertEquals(Optional.empty(), fleet.apply(cutOff(6)), "a change of its groups lets it in no more");
        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
    }

    @Test
    void whatIsOlderThanWhatIsKnownChangesNothing() {
        fleet.apply(tenant(1, true));
        fleet.apply(device(5, NEW, true));

        assertEquals(Optional.empty(), fleet.apply(device(4, OLD, true)));
        assertEquals(Optional.empty(), fleet.apply(device(4, OLD, false)));
        assertEquals(NEW, fleet.find(ACME, DEV).orElseThrow().verifier());
        fleet.apply(tenant(9, false));
        fleet.apply(tenant(8, true));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
    }

    @Test
    void anOlderRecordBringsNoRemovedDeviceBack() {
        fleet.apply(tenant(1, true));
        fleet.apply(device(3, OLD, true));
        fleet.apply(device(5, OLD, false));

        fleet.apply(device(4, OLD, true));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV), "a former leader repeats what is over");
        fleet.apply(device(6, NEW, true));
        assertEquals(NEW, fleet.find(ACME, DEV).orElseThrow().verifier(), "registered anew");
        fleet.remove(ACME, DEV);
        fleet.apply(device(6, NEW, true));
        assertEquals(Optional.empty(), fleet.find(ACME, DEV), "what compaction let go of is no newer than itself");
    }

    @Test
    void aRemovalThatIsReadFirstIsRememberedToo() {
        fleet.apply(tenant(1, true));

        assertEquals(Optional.empty(), fleet.apply(device(5, OLD, false)));
        fleet.apply(device(4, OLD, true));

        assertEquals(Optional.empty(), fleet.find(ACME, DEV));
    }

    @Test
    void anOlderRecordOpensNoRemovedGroup() {
        Gid meters = new Gid("meters");
        fleet.apply(tenant(1, true));
        fleet.apply(device(2, OLD, true, "meters"));
        fleet.apply(new FleetRecord.Group(ACME, 5, meters, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, false));

        fleet.apply(new FleetRecord.Group(ACME, 4, meters, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, true));

        assertFalse(fleet.isMember(ACME, DEV, meters));
    }

    @Test
    void membershipFollowsTheDeviceAndTheGroup() {
        Gid meters = new Gid("meters");
        fleet.apply(tenant(1, true));
        fleet.apply(device(2, OLD, true, "meters"));

        assertTrue(fleet.isMember(ACME, DEV, meters));
        assertFalse(fleet.isMember(ACME, DEV, new Gid("pumps")));
        assertFalse(fleet.isMember(GLOBEX, DEV, meters));
        fleet.apply(new FleetRecord.Group(ACME, 3, meters, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, false));
        assertFalse(fleet.isMember(ACME, DEV, meters), "a removed group has no members");
        fleet.apply(new FleetRecord.Group(ACME, 4, meters, RequestPolicy.NONE, FleetRecord.FIRST_EPOCH, true));
        assertTrue(fleet.isMember(ACME, DEV, meters));
        fleet.apply(device(5, OLD, true));
        assertFalse(fleet.isMember(ACME, DEV, meters));
    }

    @Test
    void aTombstoneRemoves() {
        fleet.apply(tenant(1, true));
        fleet.apply(device(2, OLD, true));

        assertEquals(Optional.of(new Revoked(ACME, DEV)), fleet.remove(ACME, DEV));
        assertEquals(Optional.empty(), fleet.remove(ACME, DEV));
        assertEquals(Optional.empty(), fleet.remove(GLOBEX, DEV));
    }

    private static FleetRecord tenant(long version, boolean active) {
        return new FleetRecord.Tenant(ACME, version, TopicSet.SHARED, "default", active);
    }

    private static FleetRecord cutOff(long version) {
        return new FleetRecord.Device(
                ACME, version, DEV, new Eid("89049032123451234512345678901235"), OLD, List.of(), true, true);
    }

    private static FleetRecord device(long version, Octets verifier, boolean active, String... groups) {
        List<Membership> memberships =
                Stream.of(groups).map(gid -> new Membership(new Gid(gid), 1)).toList();
        return new FleetRecord.Device(
                ACME, version, DEV, new Eid("89049032123451234512345678901235"), verifier, memberships, active);
    }
}
