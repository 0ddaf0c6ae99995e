package io.godwit.broker.kafka;

import io.godwit.broker.kafka.TopicWatch.Partitions;
import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka says of each topic that it was asked about. */
record TopicAnswers(Map<String, KafkaFuture<TopicDescription>> byTopic) {
    TopicAnswers {
        byTopic = Map.copyOf(byTopic);
    }

    /**
     * Those of {@code sets} whose topics were all described. A topic that is being made or deleted fails for itself, and must
     * not look as if Kafka were away, which would shut out all tenants.
     *
     * @throws ExecutionException when no topic could be described, which is Kafka's fault and not theirs
     * @throws TimeoutException when an answer does not come in time
     */
    Map<TopicSet, Partitions> complete(List<TopicSet> sets, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, List<TopicPartition>> described = described(System.nanoTime() + patience.toNanos());
        Map<TopicSet, Partitions> complete = new HashMap<>();
        for (TopicSet set : sets) {
            List<TopicPartition> fleet = described.get(set.fleet());
            List<TopicPartition> toEuicc = described.get(set.toEuicc());
            List<TopicPartition> toSmSr = described.get(set.toSmSr());
            if (fleet != null && toEuicc != null && toSmSr != null) {
                complete.put(set, new Partitions(fleet, toEuicc, toSmSr.size()));
            }
        }
        return complete;
    }

    private Map<String, List<TopicPartition>> described(long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, List<TopicPartition>> described = new HashMap<>();
        ExecutionException fault = null;
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : byTopic.entrySet()) {
            long left = Math.max(0, deadline - System.nanoTime());
            try {
                TopicDescription description = answer.getValue().get(left, TimeUnit.NANOSECONDS);
                described.put(answer.getKey(), partitions(answer.getKey(), description));
            } catch (ExecutionException e) {
                // That a topic is gone is an answer; any other fault is the topic's if Kafka could tell of another one.
                fault = e.getCause() instanceof UnknownTopicOrPartitionException ? fault : e;
            }
        }
        if (described.isEmpty() && fault != null) {
            throw fault;
        }
        return described;
    }

    private static List<TopicPartition> partitions(String topic, TopicDescription description) {
        List<TopicPartition> partitions = new ArrayList<>();
        description.partitions().forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        return partitions;
    }
}
