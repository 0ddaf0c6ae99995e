package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.await;
import static io.godwit.broker.Surroundings.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What devices with MQTT 3.1.1 experience: there is no reason code, so what is refused ends the connection. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class Mqtt3IT {
    private static final long NEVER = System.currentTimeMillis() + 3_600_000;

    private static Surroundings world;

    private final List<String> received = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        world = Surroundings.shared();
        world.tenant(ACME, TopicSet.SHARED, true);
    }

    @Test
    void aDeviceReceivesItsCommandAndItsAnswerIsRecorded() {
        Mqtt3BlockingClient device = connected("three-1");
        subscribe(device, "To_eUICC");
        world.toEuicc(
                TopicSet.SHARED,
                ACME,
                "three-1",
                RecordHeaders.KIND_MESSAGE,
                Octets.utf8(Messages.b1("three-1", 1)),
                NEVER);
        await("delivered", () -> received.size() == 1);

        publish(device, Messages.b2("three-1", 1));

        assertEquals(List.of(Messages.b1("three-1", 1)), received);
        assertEquals(1, messagesOf("three-1"));
        device.disconnect();
    }

    @Test
    void wildcardsAreNotGranted() {
        Mqtt3BlockingClient device = connected("three-2");
        for (String filter : List.of("#", "+", "$SYS/#", "To_SM-SR", "To_eUICC/#")) {
            assertThrows(Mqtt3SubAckException.class, () -> subscribe(device, filter), filter);
        }
        device.disconnect();
    }

    @Test
    void whatIsRefusedEndsTheConnectionWithoutAPuback() {
        for (String refused : List.of(Messages.b2("another", 1), "{", Messages.b1("three-3", 1))) {
            Mqtt3BlockingClient device = connected("three-3");
            assertThrows(RuntimeException.class, () -> publish(device, refused));
            await("closed", () -> !device.getState().isConnected());
        }
        assertEquals(0, messagesOf("three-3"));
    }

    @Test
    void tooManyMessagesEndTheConnection() {
        Mqtt3BlockingClient device = connected("three-4");
        int[] acknowledged = {0};
        assertThrows(RuntimeException.class, () -> {
            for (int i = 0; i < 200; i++) {
                publish(device, Messages.b2("three-4", i));
                acknowledged[0]++;
            }
        });
        await("closed", () -> !device.getState().isConnected());
        assertTrue(acknowledged[0] >= 50, acknowledged[0] + " acknowledged");
        assertEquals(acknowledged[0], messagesOf("three-4"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        world.device(ACME, TopicSet.SHARED, "three-5");
        assertFalse(connect(client(), "three-5", "wrong"));
    }

    private Mqtt3BlockingClient connected(String nid) {
        String secret = world.device(ACME, TopicSet.SHARED, nid);
        Mqtt3BlockingClient client = client();
        await("let in: " + nid, () -> connect(client, nid, secret));
        return client;
    }

    private Mqtt3BlockingClient client() {
        Mqtt3BlockingClient client = MqttClient.builder()
                .useMqttVersion3()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .identifier(UUID.randomUUID().toString())
                .buildBlocking();
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> received.add(new String(publish.getPayloadAsBytes(), UTF_8)));
        return client;
    }

    private static boolean connect(Mqtt3BlockingClient client, String nid, String secret) {
        try {
            client.connectWith()
                    .simpleAuth()
                    .username("acme/" + nid)
                    .password(secret.getBytes(UTF_8))
                    .applySimpleAuth()
                    .send();
            return true;
        } catch (Mqtt3ConnAckException e) {
            return false;
        }
    }

    private static void subscribe(Mqtt3BlockingClient client, String filter) {
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    private static void publish(Mqtt3BlockingClient client, String payload) {
        client.publishWith()
                .topic("To_SM-SR")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send();
    }

    private static long messagesOf(String nid) {
        return world.records(TopicSet.SHARED.toSmSr()).stream()
                .filter(record -> header(record, RecordHeaders.NID).equals(nid))
                .filter(record -> header(record, RecordHeaders.KIND).equals("message"))
                .count();
    }
}
