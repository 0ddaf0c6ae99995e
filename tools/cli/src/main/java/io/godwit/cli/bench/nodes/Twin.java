package io.godwit.cli.bench.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.local.access.MqttAccess;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One of two clients with one device's login. It stays away once its connection is gone. */
final class Twin implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    private final SpareCard card;
    private final Mqtt5AsyncClient client;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final AtomicLong wrong = new AtomicLong();

    private Twin(SpareCard card, MqttAccess node) {
        this.card = card;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(node.host())
                .serverPort(node.port())
                .addDisconnectedListener(context -> end.complete(reason(context.getCause())))
                .buildAsync();
    }

    /** Connects to that node and subscribes. */
    static Twin come(SpareCard card, MqttAccess node) throws IOException {
        Twin twin = new Twin(card, node);
        twin.client.publishes(MqttGlobalPublishFilter.ALL, publish -> twin.take(publish.getPayloadAsBytes()));
        byte[] secret = Files.readString(card.secretFile()).getBytes(UTF_8);
        CompletableFuture<Void> subscribed = twin.client
                .connectWith()
                .cleanStart(true)
                .simpleAuth()
                .username(card.userName())
                .password(secret)
                .applySimpleAuth()
                .send()
                .thenCompose(connAck -> twin.client
                        .subscribeWith()
                        .topicFilter(MqttTopic.TO_EUICC.literal())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .thenAccept(subAck -> {});
        awaiting(subscribed, "a device could not connect to " + node);
        return twin;
    }

    /** Why the connection ended, as the broker says it; waits for that. */
    String end() {
        return awaiting(end, "the older of two connections of a device is still open");
    }

    boolean isConnected() {
        return client.getState().isConnected();
    }

    /** Messages that were not addressed to this device. */
    long wrongDeliveries() {
        return wrong.get();
    }

    @Override
    public void close() {
        CompletableFuture<Void> unused = client.disconnect();
    }

    private void take(byte[] payload) {
        boolean own = CODEC.decode(MqttTopic.TO_EUICC, Octets.of(payload)) instanceof RspMessageCodec.Decoded decoded
                && decoded.message()
                        .address()
                        .findNid()
                        .filter(card.nid()::equals)
                        .isPresent();
        if (!own) {
            wrong.incrementAndGet();
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException broker
                ? broker.getMqttMessage().getReasonCode().name()
                : cause.getClass().getSimpleName();
    }

    private static <T> T awaiting(CompletableFuture<T> what, String otherwise) {
        try {
            return what.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            String why = e.getCause() instanceof TimeoutException
                    ? " after " + PATIENCE_SECONDS + " s"
                    : ": " + e.getCause();
            throw new RegistryException(0, otherwise + why);
        }
    }
}
