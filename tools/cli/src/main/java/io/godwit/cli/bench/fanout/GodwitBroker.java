package io.godwit.cli.bench.fanout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.godwit.cli.bench.bridge.BenchFleet;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** HiveMQ with the whole extension, and Kafka: a record on {@code to-euicc} starts it, as in a real installation. */
final class GodwitBroker implements Way {
    private static final long LIFETIME_MILLIS = 3_600_000;

    private final LocalPlatform platform;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Receivers receivers;

    private GodwitBroker(LocalPlatform platform, KafkaProducer<byte[], byte[]> producer, Receivers receivers) {
        this.platform = platform;
        this.producer = producer;
        this.receivers = receivers;
    }

    /** Starts Kafka and the broker below {@code home} and connects as many devices as the greatest of {@code sizes}. */
    static GodwitBroker start(Path home, Path zip, List<Integer> sizes)
            throws InterruptedException, ExecutionException, TimeoutException {
        LocalPlatform platform = LocalPlatform.open(PlatformSettings.in(home.resolve("godwit"))
                .with(Part.KAFKA, Part.HIVEMQ)
                .fleeting());
        try {
            Octets pepper = Octets.of(new byte[32]);
            Map<String, String> properties = new HashMap<>();
            properties.put("node.name", "bench");
            properties.put("credential.pepper", pepper.toHex());
            platform.kafka().clientProperties().forEach((key, value) -> properties.put("kafka." + key, value));
            platform.use(new BrokerExtension(zip, properties));
            platform.start();
            BenchFleet fleet = BenchFleet.of(sizes.get(sizes.size() - 1), sizes);
            fleet.announce(platform.kafka(), pepper);
            Receivers receivers = Receivers.connected(platform.mqtt(), logins(fleet));
            return new GodwitBroker(platform, producer(platform), receivers);
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private static List<Login> logins(BenchFleet fleet) {
        return IntStream.range(0, fleet.secrets().size())
                .mapToObj(
                        device -> new Login("bench", fleet.userName(device), fleet.secret(device), List.of("To_eUICC")))
                .toList();
    }

    private static KafkaProducer<byte[], byte[]> producer(LocalPlatform platform) {
        Map<String, Object> properties = new HashMap<>(platform.kafka().clientProperties());
        properties.put("acks", "all");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public String name() {
        return "godwit";
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive shows at the devices.
    public void send(int size, byte[] payload) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                TopicSet.SHARED.toEuicc(),
                RecordKey.of(BenchFleet.TENANT, BenchFleet.groupOf(size)).getBytes(US_ASCII),
                payload);
        Map.of(
                        RecordHeaders.TENANT, BenchFleet.TENANT.value(),
                        RecordHeaders.GID, BenchFleet.groupOf(size).value(),
                        RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE,
                        RecordHeaders.EXPIRES_AT, Long.toString(System.currentTimeMillis() + LIFETIME_MILLIS))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(US_ASCII)));
        producer.send(record);
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
        producer.close();
        platform.close();
    }
}
