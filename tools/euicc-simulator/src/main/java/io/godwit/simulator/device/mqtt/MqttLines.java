package io.godwit.simulator.device.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import io.godwit.simulator.device.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable ClientCertificate certificate;
    private final AtomicInteger turn;

    /**
     * Opens nothing yet.
     *
     * @param certificate what the device shows to brokers with TLS, and then neither user name nor secret; {@code null}: it has none
     * @throws IllegalArgumentException when there is no broker
     */
    public MqttLines(
            List<BrokerAddress> brokers,
            MqttIdentity identity,
            MqttVersion version,
            MqttThreads threads,
            @Nullable ClientCertificate certificate) {
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("brokers: one at least expected");
        }
        this.brokers = List.copyOf(brokers);
        this.identity = identity;
        this.version = version;
        this.threads = threads;
        this.certificate = certificate;
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
        MqttClientBuilder secured = broker.tls() ? secured(builder) : builder;
        Optional<MqttIdentity> login = broker.tls() && certificate != null ? Optional.empty() : Optional.of(identity);
        if (version == MqttVersion.V5) {
            new Mqtt5Line(secured.useMqttVersion5().buildAsync()).open(login, KEEP_ALIVE_SECONDS, listener);
        } else {
            new Mqtt3Line(secured.useMqttVersion3().buildAsync()).open(login, KEEP_ALIVE_SECONDS, listener);
        }
    }

    private MqttClientBuilder secured(MqttClientBuilder builder) {
        ClientCertificate shown = certificate;
        return shown == null
                ? builder.sslWithDefaultConfig()
                : builder.sslConfig()
                        .keyManagerFactory(shown.keys())
                        .trustManagerFactory(shown.brokers())
                        .applySslConfig();
    }

    private static String cause(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
