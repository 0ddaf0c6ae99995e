package io.godwit.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.identity.Gatekeeper.Denied;
import io.godwit.broker.identity.Gatekeeper.Entry;
import io.godwit.broker.identity.Gatekeeper.NotNow;
import io.godwit.broker.identity.Gatekeeper.Welcome;
import io.godwit.local.tls.Pem;
import io.godwit.local.tls.TestAuthority;
import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GatekeeperTest {
    private static final Octets PEPPER = Octets.utf8("p".repeat(32));
    private static final TenantId ACME = new TenantId("acme");
    private static final Nid DEV = new Nid("dev");
    private static final String SECRET = "secret";

    private final FleetView fleet = new FleetView();
    private final Readiness readiness = new Readiness();
    private final AtomicBoolean recordable = new AtomicBoolean(true);
    private final AtomicBoolean fleetReaderWorks = new AtomicBoolean(true);
    private final AtomicBoolean downlinkReaderWorks = new AtomicBoolean(true);
    private final Gatekeeper gatekeeper = new Gatekeeper(PEPPER, fleet, readiness, set -> recordable.get());

    @Test
    void nobodyIsLetInBeforeEverythingIsThere() {
        announce(true);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "nothing is known of Kafka");

        readiness.discovered(TopicSet.SHARED, 4);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET));
        readiness.topicsKnown();
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "the fleet is not read");
        readiness.fleetRead(TopicSet.SHARED, RecordKey.fleetPartition(ACME, 4));
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "the node is not announced");
        readiness.announced(TopicSet.SHARED);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "the way back is not open");
        readiness.downlinkPositioned(TopicSet.SHARED);
        assertInstanceOf(Welcome.class, login("acme/dev", SECRET));

        recordable.set(false);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "Kafka is in trouble");
        assertInstanceOf(Denied.class, login("acme/dev", "wrong"), "a wrong secret learns nothing of that");
    }

    @Test
    void nobodyIsLetInWhileAReaderIsNotAtWork() {
        ready();
        assertInstanceOf(Welcome.class, login("acme/dev", SECRET));

        fleetReaderWorks.set(false);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "the fleet is not read any more");
        fleetReaderWorks.set(true);
        downlinkReaderWorks.set(false);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "nothing would be delivered");
        downlinkReaderWorks.set(true);
        assertInstanceOf(Welcome.class, login("acme/dev", SECRET));
    }

    @Test
    void anotherTenantsPartitionHoldsNobodyUp() {
        ready();
        TopicSet slow = new TopicSet("slow");
        readiness.discovered(slow, 4);
        assertInstanceOf(NotNow.class, login("acme/dev", SECRET), "acme might have moved there");

        readiness.fleetRead(slow, RecordKey.fleetPartition(ACME, 4));

        assertInstanceOf(Welcome.class, login("acme/dev", SECRET));
    }

    @Test
    void whoeverMayNotComeInHearsTheSame() {
        ready();
        for (String user :
                List.of("acme/other", "globex/dev", "dev", "", "/", "acme/", "acme/0", "Acme/dev", "acme/dev/x")) {
            assertEquals(new Denied(), login(user, SECRET), user);
        }
        assertEquals(new Denied(), login("acme/dev", "Secret"));
        assertEquals(new Denied(), login("acme/dev", ""));
        assertEquals(new Denied(), gatekeeper.decide(Claim.of("acme/dev"), Optional.empty()));
        fleet.apply(new FleetRecord.Tenant(ACME, 9, TopicSet.SHARED, "default", false));
        assertEquals(new Denied(), login("acme/dev", SECRET));
    }

    @Test
    void aCertificateIsEnoughWhenTheTenantsOwnAnchorStandsBehindIt() {
        ready();
        Instant now = Instant.now();
        TestAuthority ours = TestAuthority.create("CN=Ours");
        List<X509Certificate> dev = chain(ours, "CN=dev,O=acme", now);
        assertEquals(new Denied(), gatekeeper.decide(dev, Optional.empty(), now), "no anchor yet");

        fleet.apply(new FleetRecord.Tenant(
                ACME,
                10,
                TopicSet.SHARED,
                "default",
                true,
                List.of(Pem.of(ours.identity().certificate()))));

        assertInstanceOf(Welcome.class, gatekeeper.decide(dev, Optional.empty(), now));
        assertInstanceOf(Welcome.class, gatekeeper.decide(dev, Optional.of("acme/dev"), now));
        assertEquals(new Denied(), gatekeeper.decide(dev, Optional.of("acme/other"), now));
        assertEquals(new Denied(), gatekeeper.decide(dev, Optional.of(""), now));
        assertEquals(
                new Denied(), gatekeeper.decide(chain(ours, "CN=other,O=acme", now), Optional.empty(), now), "unknown");
        assertEquals(
                new Denied(), gatekeeper.decide(chain(ours, "CN=dev,O=globex", now), Optional.empty(), now), "not theirs");
        recordable.set(false);
        assertInstanceOf(NotNow.class, gatekeeper.decide(dev, Optional.empty(), now));
        recordable.set(true);
        fleetReaderWorks.set(false);
        assertInstanceOf(NotNow.class, gatekeeper.decide(dev, Optional.empty(), now));
    }

    private static List<X509Certificate> chain(TestAuthority authority, String subject, Instant now) {
        return List.of(authority
                .device(subject, now.minusSeconds(60), now.plusSeconds(60))
                .certificate());
    }

    @Test
    void moreFleetPartitionsMeanThatTheFleetIsReadAnew() {
        ready();
        readiness.discovered(TopicSet.SHARED, 4);
        assertTrue(readiness.knows(ACME), "seeing the same again changes nothing");

        readiness.discovered(TopicSet.SHARED, 8);

        assertFalse(readiness.knows(ACME));
    }

    private void ready() {
        readiness.dependsOn(fleetReaderWorks::get, downlinkReaderWorks::get);
        announce(true);
        readiness.discovered(TopicSet.SHARED, 4);
        readiness.topicsKnown();
        for (int partition = 0; partition < 4; partition++) {
            readiness.fleetRead(TopicSet.SHARED, partition);
        }
        readiness.announced(TopicSet.SHARED);
        readiness.downlinkPositioned(TopicSet.SHARED);
    }

    private void announce(boolean active) {
        fleet.apply(new FleetRecord.Tenant(ACME, 1, TopicSet.SHARED, "default", active));
        fleet.apply(new FleetRecord.Device(
                ACME,
                2,
                DEV,
                new Eid("89049032123451234512345678901235"),
                DeviceCredential.verifier(PEPPER, ACME, DEV, SECRET),
                List.of(),
                true));
    }

    private Entry login(String user, String secret) {
        return gatekeeper.decide(Claim.of(user), Optional.of(secret));
    }
}
