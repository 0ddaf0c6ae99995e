package io.godwit.system.secrets;

import io.godwit.local.access.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Each record of each topic, Kafka's own included: key, headers, value. Those of transactions that were given up count too. */
public record KafkaRecords(KafkaAccess kafka) implements Source {
    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public void pour(Sink sink) throws Exception {
        Map<String, Object> client = new HashMap<>(kafka.clientProperties());
        try (Admin admin = Admin.create(client);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> partitions(consumer, topic))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> pour(record, sink));
            }
        }
    }

    private static Stream<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()));
    }

    private static void pour(ConsumerRecord<byte[], byte[]> record, Sink sink) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (record.key() != null) {
            sink.take(place + " key", record.key());
        }
        for (Header header : record.headers()) {
            sink.take(place + " name of a header", header.key());
            if (header.value() != null) {
                sink.take(place + " header " + header.key(), header.value());
            }
        }
        if (record.value() != null) {
            sink.take(place + " value", record.value());
        }
    }
}
