package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import java.util.concurrent.CompletableFuture;

/** A connected client of {@code acme}, whichever MQTT it speaks. */
interface Line {
    boolean isConnected();

    /** Returns when the subscription to {@code To_eUICC} is in force. */
    void subscribe();

    /** Completes with whether it was acknowledged. */
    CompletableFuture<Boolean> publish(String payload);

    void close();

    /**
     * Connects, or throws what the client says of a refusal.
     *
     * @param three with MQTT 3.1.1 instead of 5
     * @param whenRefused told of each negative PUBACK
     */
    static Line open(Surroundings world, String nid, String secret, boolean three, Runnable whenRefused) {
        return three ? three(world, nid, secret) : five(world, nid, secret, whenRefused);
    }

    private static Line five(Surroundings world, String nid, String secret, Runnable whenRefused) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .buildAsync();
        client.toBlocking()
                .connectWith()
                .simpleAuth()
                .username("acme/" + nid)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth()
                .send();
        return new Line() {
            @Override
            public boolean isConnected() {
                return client.getState().isConnected();
            }

            @Override
            public void subscribe() {
                client.toBlocking()
                        .subscribeWith()
                        .topicFilter("To_eUICC")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send();
            }

            @Override
            public CompletableFuture<Boolean> publish(String payload) {
                return client.publishWith()
                        .topic("To_SM-SR")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(UTF_8))
                        .send()
                        .thenApply(result -> {
                            result.getError()
                                    .filter(Mqtt5PubAckException.class::isInstance)
                                    .ifPresent(refused -> whenRefused.run());
                            return result.getError().isEmpty();
                        });
            }

            @Override
            public void close() {
                client.toBlocking().disconnect();
            }
        };
    }

    private static Line three(Surroundings world, String nid, String secret) {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .buildAsync();
        client.toBlocking()
                .connectWith()
                .simpleAuth()
                .username("acme/" + nid)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth()
                .send();
        return new Line() {
            @Override
            public boolean isConnected() {
                return client.getState().isConnected();
            }

            @Override
            public void subscribe() {
                client.toBlocking()
                        .subscribeWith()
                        .topicFilter("To_eUICC")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send();
            }

            @Override
            public CompletableFuture<Boolean> publish(String payload) {
                return client.publishWith()
                        .topic("To_SM-SR")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(UTF_8))
                        .send()
                        .thenApply(result -> true);
            }

            @Override
            public void close() {
                client.toBlocking().disconnect();
            }
        };
    }
}
