package io.godwit.simulator.device.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import io.godwit.simulator.device.Lines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections of one device. Several brokers are tried in turn, beginning with another one for each device. Sessions are
 * clean: what a device misses while it is away, the SM-SR sends again.
 */
public final class MqttLines implements Lines {
    private static final int KEEP_ALIVE_SECONDS = (int) Duration.ofMinutes(2).toSeconds();

    private final List<BrokerAddress> brokers;
    private final MqttIdentity identity;
    private final MqttVersion version;
    private final MqttThreads threads;
    private final AtomicInteger turn;

    /** @throws IllegalArgumentException when there is no broker */
    public MqttLines(List<BrokerAddress> brokers, MqttIdentity identity, MqttVersion version, MqttThreads threads) {
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("brokers: one at least expected");
        }
        this.brokers = List.copyOf(brokers);
        this.identity = identity;
        this.version = version;
        this.threads = threads;
        this.turn = new AtomicInteger(identity.nid().hashCode());
    }

    @Override
    public void open(Lines.Listener listener) {
        BrokerAddress broker = brokers.get(Math.floorMod(turn.getAndIncrement(), brokers.size()));
        MqttClientBuilder builder = MqttClient.builder()
                .identifier(identity.nid().value())
                .serverHost(broker.host())
                .serverPort(broker.port())
                .executorConfig(threads.config())
                .addDisconnectedListener(context -> listener.lost(cause(context.getCause())));
        MqttClientBuilder secured = broker.tls() ? builder.sslWithDefaultConfig() : builder;
        if (version == MqttVersion.V5) {
            new Mqtt5Line(secured.useMqttVersion5().buildAsync()).open(identity, KEEP_ALIVE_SECONDS, listener);
        } else {
            new Mqtt3Line(secured.useMqttVersion3().buildAsync()).open(identity, KEEP_ALIVE_SECONDS, listener);
        }
    }

    private static String cause(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
