package io.godwit.cli.scenario;

import io.godwit.local.access.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is written to a topic from a moment on. */
public final class TopicTail {
    private final KafkaAccess kafka;
    private final String topic;
    private final Map<TopicPartition, Long> from;

    private TopicTail(KafkaAccess kafka, String topic, Map<TopicPartition, Long> from) {
        this.kafka = kafka;
        this.topic = topic;
        this.from = from;
    }

    /** Begins at the present end of {@code topic}. */
    public static TopicTail from(KafkaAccess kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return new TopicTail(kafka, topic, consumer.endOffsets(partitions(consumer, topic)));
        }
    }

    /** Gives every record since then, those of one partition in order, up to the end of the moment. */
    public void read(Consumer<ConsumerRecord<byte[], byte[]>> records) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records);
            }
        }
    }

    /** Whether {@code record} bears that header with that text. */
    public static boolean bears(ConsumerRecord<?, ?> record, String header, String text) {
        Header found = record.headers().lastHeader(header);
        return found != null && text.equals(new String(found.value(), StandardCharsets.UTF_8));
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
