package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stock client that plays a member of groups, and keeps all that it sees of what it gets. */
final class GroupMember implements AutoCloseable {
    /** What came: topic, QoS, and with MQTT 5 all else that a client is shown. */
    record Seen(String topic, int qos, String payload, String rest) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Mqtt5Publish> unacknowledged = new CopyOnWriteArrayList<>();
    private final Runnable end;

    private GroupMember(Runnable end) {
        this.end = end;
    }

    /** With MQTT 5; subscribed with that QoS. */
    static GroupMember five(Surroundings world, TenantId tenant, String nid, String secret, MqttQos qos) {
        Mqtt5BlockingClient client = client5(world);
        GroupMember member = new GroupMember(client::disconnect);
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, publish -> member.seen.add(seen(publish)));
        connect(client, tenant, nid, secret, 100);
        client.subscribeWith().topicFilter("To_eUICC").qos(qos).send();
        return member;
    }

    /** With MQTT 5; takes one message at a time and acknowledges none until it is told to. */
    static GroupMember slow(Surroundings world, TenantId tenant, String nid, String secret) {
        Mqtt5BlockingClient client = client5(world);
        GroupMember member = new GroupMember(client::disconnect);
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> {
                            member.unacknowledged.add(publish);
                            member.seen.add(seen(publish));
                        },
                        true);
        connect(client, tenant, nid, secret, 1);
        client.subscribeWith()
                .topicFilter("To_eUICC")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        return member;
    }

    /** With MQTT 3.1.1. */
    static GroupMember three(Surroundings world, TenantId tenant, String nid, String secret) {
        Mqtt3BlockingClient client = MqttClient.builder()
                .useMqttVersion3()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .identifier(UUID.randomUUID().toString())
                .buildBlocking();
        GroupMember member = new GroupMember(client::disconnect);
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> member.seen.add(new Seen(
                                publish.getTopic().toString(),
                                publish.getQos().getCode(),
                                new String(publish.getPayloadAsBytes(), UTF_8),
                                "")));
        Surroundings.await("let in: " + nid, () -> {
            try {
                client.connectWith()
                        .simpleAuth()
                        .username(tenant + "/" + nid)
                        .password(secret.getBytes(UTF_8))
                        .applySimpleAuth()
                        .send();
                return true;
            } catch (Mqtt3ConnAckException e) {
                return false;
            }
        });
        client.subscribeWith()
                .topicFilter("To_eUICC")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        return member;
    }

    List<Seen> seen() {
        return seen;
    }

    List<String> payloads() {
        return seen.stream().map(Seen::payload).toList();
    }

    /** Acknowledges what has come so far. */
    void acknowledge() {
        unacknowledged.forEach(publish -> {
            unacknowledged.remove(publish);
            publish.acknowledge();
        });
    }

    private static Seen seen(Mqtt5Publish publish) {
        return new Seen(
                publish.getTopic().toString(),
                publish.getQos().getCode(),
                new String(publish.getPayloadAsBytes(), UTF_8),
                publish.getUserProperties().asList().toString()
                        + publish.getResponseTopic().map(Object::toString).orElse("")
                        + (publish.isRetain() ? "retained" : ""));
    }

    private static Mqtt5BlockingClient client5(Surroundings world) {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .identifier(UUID.randomUUID().toString())
                .buildBlocking();
    }

    private static void connect(Mqtt5BlockingClient client, TenantId tenant, String nid, String secret, int window) {
        Surroundings.await("let in: " + nid, () -> {
            try {
                client.connectWith()
                        .simpleAuth()
                        .username(tenant + "/" + nid)
                        .password(secret.getBytes(UTF_8))
                        .applySimpleAuth()
                        .restrictions()
                        .receiveMaximum(window)
                        .applyRestrictions()
                        .send();
                return true;
            } catch (Mqtt5ConnAckException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        try {
            end.run();
        } catch (RuntimeException e) {
            // The broker may have closed the connection first.
        }
    }
}
