package io.godwit.cli.bench.fanout;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.access.MqttAccess;
import io.godwit.local.hivemq.BrokerExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HiveMQ with nothing but one way to reach a group; an MQTT publish of the client {@code trigger} starts it. */
final class PeerBroker implements Way {
    static final String BARE = "bare";
    static final String LOOP = "loop";
    static final String GROUP = "group";

    private final String variant;
    private final LocalPlatform platform;
    private final Mqtt5AsyncClient trigger;
    private final Receivers receivers;

    private PeerBroker(String variant, LocalPlatform platform, Mqtt5AsyncClient trigger, Receivers receivers) {
        this.variant = variant;
        this.platform = platform;
        this.trigger = trigger;
        this.receivers = receivers;
    }

    /** Starts the broker below {@code home} and connects as many clients as the greatest of {@code sizes}. */
    static PeerBroker start(String variant, Path home, Path zip, List<Integer> sizes)
            throws InterruptedException, TimeoutException {
        LocalPlatform platform = LocalPlatform.open(
                PlatformSettings.in(home.resolve(variant)).with(Part.HIVEMQ).fleeting());
        try {
            platform.use(new BrokerExtension(
                    zip,
                    Map.of(
                            "variant",
                            variant,
                            "sizes",
                            sizes.stream().map(String::valueOf).collect(Collectors.joining(",")))));
            platform.start();
            Receivers receivers = Receivers.connected(platform.mqtt(), logins(variant, sizes));
            return new PeerBroker(variant, platform, connected(platform.mqtt()), receivers);
        } catch (InterruptedException | TimeoutException | RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private static List<Login> logins(String variant, List<Integer> sizes) {
        return IntStream.range(0, sizes.get(sizes.size() - 1))
                .mapToObj(member -> new Login("member-" + member, "bench", "bench", topics(variant, sizes, member)))
                .toList();
    }

    private static List<String> topics(String variant, List<Integer> sizes, int member) {
        return variant.equals(BARE)
                ? sizes.stream()
                        .filter(size -> member < size)
                        .map(PeerBroker::topic)
                        .toList()
                : List.of("To_eUICC");
    }

    private static Mqtt5AsyncClient connected(MqttAccess broker) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .identifier("trigger")
                .buildAsync();
        client.toBlocking()
                .connectWith()
                .simpleAuth()
                .username("bench")
                .applySimpleAuth()
                .send();
        return client;
    }

    private static String topic(int size) {
        return "fan-out/" + size;
    }

    @Override
    public String name() {
        return variant;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive shows at the clients.
    public void send(int size, byte[] payload) {
        trigger.publishWith()
                .topic(topic(size))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
    }

    @Override
    public Arrivals arrivals() {
        return receivers.arrivals();
    }

    @Override
    public long brokerCpuMillis() {
        return BrokerCpu.millis(platform);
    }

    @Override
    public void close() {
        receivers.close();
        trigger.toBlocking().disconnect();
        platform.close();
    }
}
