package io.godwit.simulator.device.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.simulator.device.Line;
import io.godwit.simulator.device.Lines;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A connection in MQTT 5. */
final class Mqtt5Line implements Line {
    private static final int RECEIVE_MAXIMUM = 10;

    private final Mqtt5AsyncClient client;

    Mqtt5Line(Mqtt5AsyncClient client) {
        this.client = client;
    }

    /** @param login empty: the certificate says who it is */
    void open(Optional<MqttIdentity> login, int keepAliveSeconds, Lines.Listener listener) {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> listener.delivered(Octets.of(publish.getPayloadAsBytes()), publish::acknowledge),
                Runnable::run,
                true);
        Mqtt5ConnectBuilder.Send<CompletableFuture<Mqtt5ConnAck>> connect = client.connectWith()
                .cleanStart(true)
                .keepAlive(keepAliveSeconds)
                .restrictions()
                .receiveMaximum(RECEIVE_MAXIMUM)
                .applyRestrictions();
        if (login.isPresent()) {
            connect = connect.simpleAuth()
                    .username(login.get().userName())
                    .password(login.get().secret().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        CompletableFuture<Mqtt5SubAck> unused = connect.send()
                .thenCompose(connAck -> client.subscribe(Mqtt5Subscribe.builder()
                        .topicFilter(MqttTopic.TO_EUICC.literal())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build()))
                .whenComplete((subAck, failure) -> {
                    if (failure == null) {
                        listener.opened(this);
                    } else {
                        // After a refused CONNECT there is nothing to leave; the client itself has told the listener.
                        close();
                    }
                });
    }

    @Override
    public CompletableFuture<Void> publish(MqttTopic topic, Octets payload) {
        return client.publish(Mqtt5Publish.builder()
                        .topic(topic.literal())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.toBytes())
                        .build())
                .thenAccept(result -> result.getError().ifPresent(failure -> {
                    throw new CompletionException(failure);
                }));
    }

    @Override
    public void close() {
        CompletableFuture<Void> unused = client.disconnect();
    }
}
