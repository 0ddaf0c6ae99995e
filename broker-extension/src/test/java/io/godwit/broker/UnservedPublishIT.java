package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.RawDevice.Packet;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.TopicSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a device meets that publishes with QoS 2 or retained. HiveMQ as we configure it ends the connection of a retained
 * publish by itself; as it is by default it leaves the answer to us.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnservedPublishIT {
    private static final int FIVE = 5;
    private static final int THREE = 4;
    private static final int IMPLEMENTATION_SPECIFIC = 0x83;
    private static final int RETAIN_NOT_SUPPORTED = 0x9A;

    private static Surroundings world;
    private static HiveMqByItself byItself;

    @BeforeAll
    static void start() {
        world = Surroundings.shared();
        world.tenant(ACME, TopicSet.SHARED, true);
        byItself = new HiveMqByItself(world.hivemqFolder(), world.cache());
    }

    @AfterAll
    static void stop() {
        byItself.close();
    }

    @Test
    void ourConfigurationTellsInItsConnackWhatItDoesNotTake() {
        String secret = world.device(ACME, TopicSet.SHARED, "unserved-0");
        RawDevice.connected(world.platform().mqtt().port(), FIVE, "acme/unserved-0", secret)
                .close();
        try (RawDevice device = new RawDevice(world.platform().mqtt().port(), FIVE, "acme/unserved-0", secret)) {
            String connack = device.next().orElseThrow().body().toHex();
            assertTrue(connack.contains("2401"), "Maximum QoS 1: " + connack);
            assertTrue(connack.contains("2500"), "Retain Available 0: " + connack);
        }
    }

    @Test
    void ourConfigurationEndsTheConnectionOfARetainedPublish() {
        int port = world.platform().mqtt().port();
        assertAnswer("unserved-1", port, FIVE, 1, true, RawDevice.DISCONNECT, RETAIN_NOT_SUPPORTED);
        assertAnswer("unserved-2", port, FIVE, 0, true, RawDevice.DISCONNECT, RETAIN_NOT_SUPPORTED);
        assertClosed("unserved-3", port, 1, true);
        assertClosed("unserved-4", port, 0, true);
    }

    @Test
    void hivemqsDefaultLeavesARetainedPublishToUs() {
        assertAnswer("unserved-5", byItself.port(), FIVE, 1, true, RawDevice.PUBACK, IMPLEMENTATION_SPECIFIC);
        assertClosed("unserved-6", byItself.port(), 1, true);
    }

    @Test
    void aPublishWithQos2IsAnsweredByANegativePubrecWhateverTheConfiguration() {
        int[] ports = {world.platform().mqtt().port(), byItself.port()};
        for (int port : ports) {
            assertAnswer("unserved-7", port, FIVE, 2, false, RawDevice.PUBREC, IMPLEMENTATION_SPECIFIC);
            assertClosed("unserved-7", port, 2, false);
        }
    }

    private static void assertAnswer(
            String nid, int port, int version, int qos, boolean retained, int type, int reason) {
        Packet answer = answer(nid, port, version, qos, retained).orElseThrow();
        assertEquals(type, answer.type(), answer.toString());
        assertEquals(reason, answer.reason());
    }

    private static void assertClosed(String nid, int port, int qos, boolean retained) {
        assertEquals(Optional.empty(), answer(nid, port, THREE, qos, retained));
    }

    private static Optional<Packet> answer(String nid, int port, int version, int qos, boolean retained) {
        String secret = world.device(ACME, TopicSet.SHARED, nid);
        try (RawDevice device = RawDevice.connected(port, version, "acme/" + nid, secret)) {
            device.publish(7, qos, retained, "To_SM-SR", Octets.utf8(Messages.b2(nid, 1)));
            return device.next();
        }
    }
}
