package io.godwit.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device with MQTT 5 that does as it is told, good or bad. */
final class TestDevice implements AutoCloseable {
    private final Mqtt5BlockingClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final String user;
    private final String secret;

    TestDevice(Surroundings surroundings, TenantId tenant, String nid, String secret) {
        this(surroundings, tenant, nid, secret, UUID.randomUUID().toString());
    }

    TestDevice(Surroundings surroundings, TenantId tenant, String nid, String secret, String clientId) {
        this.user = tenant + "/" + nid;
        this.secret = secret;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(surroundings.platform().mqtt().host())
                .serverPort(surroundings.platform().mqtt().port())
                .identifier(clientId)
                .buildBlocking();
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> received.add(
                                new String(publish.getPayloadAsBytes(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    Mqtt5BlockingClient client() {
        return client;
    }

    /** Connects; tells the reason code. */
    Mqtt5ConnAckReasonCode connect() {
        try {
            return client.connectWith()
                    .simpleAuth()
                    .username(user)
                    .password(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send()
                    .getReasonCode();
        } catch (Mqtt5ConnAckException e) {
            return e.getMqttMessage().getReasonCode();
        }
    }

    /** Connects as soon as it is let in. */
    TestDevice connected() {
        Surroundings.await("let in: " + user, () -> connect() == Mqtt5ConnAckReasonCode.SUCCESS);
        return this;
    }

    /** Connects and subscribes to what a device subscribes to. */
    TestDevice subscribed() {
        connected();
        if (!subscribe("To_eUICC", MqttQos.AT_LEAST_ONCE)) {
            throw new AssertionError("the subscription was refused");
        }
        return this;
    }

    boolean subscribe(String filter, MqttQos qos) {
        try {
            return client.subscribeWith().topicFilter(filter).qos(qos).send().getReasonCodes().stream()
                    .noneMatch(code -> code.isError());
        } catch (Mqtt5SubAckException e) {
            return false;
        }
    }

    /** Publishes with QoS 1; tells the reason code. */
    Mqtt5PubAckReasonCode publish(String topic, String payload) {
        try {
            return client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .send()
                    .getError()
                    .map(fault -> fault instanceof Mqtt5PubAckException refused
                            ? refused.getMqttMessage().getReasonCode()
                            : Mqtt5PubAckReasonCode.UNSPECIFIED_ERROR)
                    .orElse(Mqtt5PubAckReasonCode.SUCCESS);
        } catch (Mqtt5PubAckException e) {
            return e.getMqttMessage().getReasonCode();
        }
    }

    boolean isConnected() {
        return client.getState().isConnected();
    }

    /** Payloads that came, in their order. */
    List<String> received() {
        return received;
    }

    @Override
    public void close() {
        if (isConnected()) {
            client.disconnect();
        }
    }
}
