package io.godwit.cli.bench.faults;

import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.kafka.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts what the broker has recorded on a topic, from a moment on. */
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

    /** How many MQTT messages of devices whose nid starts with {@code prefix} were recorded since then. */
    long count(String prefix) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            long count = 0;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    count += isMessageOf(record, prefix) ? 1 : 0;
                }
            }
            return count;
        }
    }

    private static boolean isMessageOf(ConsumerRecord<byte[], byte[]> record, String prefix) {
        return text(record, RecordHeaders.KIND).equals(RecordHeaders.KIND_MESSAGE)
                && text(record, RecordHeaders.NID).startsWith(prefix);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
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
