package io.godwit.cli.scenario;

import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the SM-SR has published for a tenant's devices: one message to a group counts once, however many receive it. Read
 * from {@code to-euicc}, where each publish is a record.
 */
public final class ServerPublishes {
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    private final TopicTail tail;
    private final String tenant;

    private ServerPublishes(TopicTail tail, String tenant) {
        this.tail = tail;
        this.tenant = tenant;
    }

    /** Begins to count now. */
    static ServerPublishes from(KafkaAccess kafka, String tenant) {
        return new ServerPublishes(TopicTail.from(kafka, TopicSet.SHARED.toEuicc()), tenant);
    }

    /**
     * @param publishes by step of the flow, repeated ones included
     * @param octets of all of them from the SM-SR to the broker: keys, headers and payloads
     */
    public record Count(Map<FlowStep, Long> publishes, long octets) {}

    Count count() {
        Map<FlowStep, Long> publishes = new EnumMap<>(FlowStep.class);
        long[] octets = new long[1];
        tail.read(record -> {
            if (record.value() != null
                    && TopicTail.bears(record, RecordHeaders.TENANT, tenant)
                    && TopicTail.bears(record, RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE)
                    && CODEC.decode(MqttTopic.TO_EUICC, Octets.of(record.value()))
                            instanceof RspMessageCodec.Decoded decoded) {
                publishes.merge(decoded.step(), 1L, Long::sum);
                octets[0] += octets(record);
            }
        });
        return new Count(publishes, octets[0]);
    }

    private static long octets(ConsumerRecord<byte[], byte[]> record) {
        long octets = Math.max(0L, record.serializedKeySize()) + record.serializedValueSize();
        for (var header : record.headers()) {
            octets += header.key().length() + (long) header.value().length;
        }
        return octets;
    }
}
