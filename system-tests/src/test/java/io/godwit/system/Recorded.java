package io.godwit.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.Nid;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands in {@code to-sm-sr} of the shared topic set. */
final class Recorded {
    private Recorded() {}

    /** How many messages of that device there are. */
    static long messages(KafkaAccess kafka, Nid nid) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                new HashMap<>(kafka.clientProperties()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TopicSet.SHARED.toSmSr()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    boolean counts = header(record, RecordHeaders.KIND).equals(RecordHeaders.KIND_MESSAGE)
                            && header(record, RecordHeaders.NID).equals(nid.value());
                    count += counts ? 1 : 0;
                }
            }
            return count;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), US_ASCII);
    }
}
