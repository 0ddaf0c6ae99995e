package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.local.access.PlatformException;
import io.godwit.protocol.kafka.TopicSet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bridge starts right or not at all, and lets nobody in before it can serve them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StartIT {
    @Test
    void itIsStrictAtItsStartAndClosedUntilItIsReady() throws IOException {
        try (Surroundings world = Surroundings.down(Map.of("rate.burst", "lots"))) {
            assertThrows(
                    PlatformException.class, () -> world.platform().restart("hivemq"), "started with a bad setting");
            assertTrue(Files.readString(world.platform().log("hivemq"))
                    .contains("rate.burst is not a number in its range: use 1 to 1000000, or remove it for 50."));

            world.settings(Map.of());
            world.platform().restart("hivemq");
            TestDevice early = new TestDevice(world, ACME, "dev", "secret");
            assertEquals(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE, early.connect(), "Kafka is down");

            world.platform().restart("kafka");
            Surroundings.await(
                    "Kafka is reached, and has no such device",
                    () -> early.connect() == Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
            List<String> circling = Files.readAllLines(world.platform().log("hivemq")).stream()
                    .filter(line -> line.contains("Rebootstrapping"))
                    .toList();
            assertTrue(
                    circling.isEmpty(),
                    () -> circling.size() + " times in a circle while Kafka was down: " + circling.get(0));
            world.create(TopicSet.SHARED);
            world.tenant(ACME, TopicSet.SHARED, true);
            try (TestDevice device =
                    new TestDevice(world, ACME, "dev", world.device(ACME, TopicSet.SHARED, "dev")).connected()) {
                assertEquals(Mqtt5PubAckReasonCode.SUCCESS, device.publish("To_SM-SR", Messages.b2("dev", 1)));
            }
        }
    }
}
