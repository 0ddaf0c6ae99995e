package io.godwit.cli.bench.faults;

import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.simulator.fleet.AcknowledgedMessages;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What brokers have recorded on a topic, from a moment on. */
final class RecordedMessages {
    private final KafkaAccess kafka;
    private final String topic;
    private final Map<TopicPartition, Long> from;

    private RecordedMessages(KafkaAccess kafka, String topic, Map<TopicPartition, Long> from) {
        this.kafka = kafka;
        this.topic = topic;
        this.from = from;
    }

    /** Begins to count at the present end of {@code topic}. */
    static RecordedMessages from(KafkaAccess kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return new RecordedMessages(kafka, topic, consumer.endOffsets(partitions(consumer, topic)));
        }
    }

    /** The messages of devices since then: each as {@link AcknowledgedMessages#line}, with how often it stands there. */
    Map<String, Long> read() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            Map<String, Long> messages = new HashMap<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (isMessage(record)) {
                        messages.merge(AcknowledgedMessages.line(Octets.of(record.value())), 1L, Long::sum);
                    }
                }
            }
            return messages;
        }
    }

    private static boolean isMessage(ConsumerRecord<byte[], byte[]> record) {
        Header kind = record.headers().lastHeader(RecordHeaders.KIND);
        return kind != null
                && Octets.of(kind.value()).equals(Octets.utf8(RecordHeaders.KIND_MESSAGE))
                && record.value() != null;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaAccess kafka) {
        return new KafkaConsumer<>(
                new HashMap<>(kafka.clientProperties()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
