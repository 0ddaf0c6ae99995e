package io.godwit.simulator.device.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAck;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.simulator.device.Line;
import io.godwit.simulator.device.Lines;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection in MQTT 3.1.1. */
final class Mqtt3Line implements Line {
    private final Mqtt3AsyncClient client;

    Mqtt3Line(Mqtt3AsyncClient client) {
        this.client = client;
    }

    /** @param login empty: the certificate says who it is */
    void open(Optional<MqttIdentity> login, int keepAliveSeconds, Lines.Listener listener) {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> listener.delivered(Octets.of(publish.getPayloadAsBytes()), publish::acknowledge),
                Runnable::run,
                true);
        Mqtt3ConnectBuilder.Send<CompletableFuture<Mqtt3ConnAck>> connect =
                client.connectWith().cleanSession(true).keepAlive(keepAliveSeconds);
        if (login.isPresent()) {
            connect = connect.simpleAuth()
                    .username(login.get().userName())
                    .password(login.get().secret().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        CompletableFuture<Mqtt3SubAck> unused = connect.send()
                .thenCompose(connAck -> client.subscribe(Mqtt3Subscribe.builder()
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
        return client.publish(Mqtt3Publish.builder()
                        .topic(topic.literal())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.toBytes())
                        .build())
                .thenAccept(published -> {});
    }

    @Override
    public void close() {
        CompletableFuture<Void> unused = client.disconnect();
    }
}
