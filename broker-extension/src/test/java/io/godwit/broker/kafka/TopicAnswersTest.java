package io.godwit.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.broker.kafka.TopicWatch.Partitions;
import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicAnswersTest {
    private static final TopicSet OWN = new TopicSet("own");
    private static final List<TopicSet> BOTH = List.of(OWN, TopicSet.SHARED);

    private final Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();

    @Test
    void aSetIsFoundWithThePartitionsOfItsTopics() throws Exception {
        described(OWN);

        assertEquals(
                Map.of(
                        OWN,
                        new Partitions(
                                List.of(new TopicPartition(OWN.fleet(), 0), new TopicPartition(OWN.fleet(), 1)),
                                List.of(new TopicPartition(OWN.toEuicc(), 0), new TopicPartition(OWN.toEuicc(), 1)),
                                2)),
                complete());
    }

    @Test
    void aSetThatIsBeingMadeOrDeletedIsLeftOutAndTheOthersGoOn() throws Exception {
        for (Exception fault :
                List.of(new UnknownTopicOrPartitionException("gone"), new LeaderNotAvailableException("not yet"))) {
            described(OWN);
            described(TopicSet.SHARED);
            answers.put(OWN.toSmSr(), failed(fault));

            assertEquals(Set.of(TopicSet.SHARED), complete().keySet(), fault.toString());
        }
    }

    @Test
    void topicsThatAreAllGoneDoNotMeanThatKafkaIsAway() throws Exception {
        for (String topic : OWN.topics()) {
            answers.put(topic, failed(new UnknownTopicOrPartitionException("gone")));
        }

        assertEquals(Map.of(), complete());
        answers.clear();
        assertEquals(Map.of(), complete(), "nothing was asked");
    }

    @Test
    void kafkaIsAwayWhenNothingIsAnswered() {
        for (String topic : OWN.topics()) {
            answers.put(topic, failed(new DisconnectException("away")));
        }
        assertThrows(ExecutionException.class, this::complete);

        described(OWN);
        answers.put(OWN.toSmSr(), new KafkaFutureImpl<>());
        assertThrows(TimeoutException.class, this::complete);
    }

    private Map<TopicSet, Partitions> complete() throws Exception {
        return new TopicAnswers(answers).complete(BOTH, Duration.ofMillis(50));
    }

    private void described(TopicSet set) {
        for (String topic : set.topics()) {
            Node leader = new Node(1, "localhost", 9092);
            List<TopicPartitionInfo> partitions = List.of(
                    new TopicPartitionInfo(0, leader, List.of(leader), List.of(leader)),
                    new TopicPartitionInfo(1, leader, List.of(leader), List.of(leader)));
            answers.put(topic, KafkaFuture.completedFuture(new TopicDescription(topic, false, partitions)));
        }
    }

    private static KafkaFuture<TopicDescription> failed(Exception fault) {
        KafkaFutureImpl<TopicDescription> failed = new KafkaFutureImpl<>();
        failed.completeExceptionally(fault);
        return failed;
    }
}
