package io.godwit.kit.outbox;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What is sent when a record or a topic is not taken. */
class OutboxSendingTest {
    private final Kafka kafka = new Kafka();
    private final OutboxSending sending = new OutboxSending(kafka, () -> true);

    @Test
    void allRowsAreSentAndAcknowledged() throws Exception {
        OutboxSending.Sent sent = sending.send(rows("events", 1, 2, 3));
        assertEquals(List.of(1L, 2L, 3L), sent.acknowledged());
        assertNull(sent.failure());
    }

    @Test
    void nothingIsSentBehindARecordThatWasNotTaken() throws Exception {
        kafka.refused.add("2");
        OutboxSending.Sent sent = sending.send(rows("events", 1, 2, 3));
        assertEquals(List.of("1"), kafka.taken());
        assertEquals(List.of(1L), sent.acknowledged());
        assertNotNull(sent.failure());
    }

    @Test
    void rowsOfAnUnknownTopicStayAndThoseOfOthersGo() throws Exception {
        kafka.unknown.add("missing");
        List<OutboxRow> rows = List.of(row("missing", 1), row("events", 2), row("missing", 3), row("events", 4));
        OutboxSending.Sent sent = sending.send(rows);
        assertEquals(List.of("2", "4"), kafka.taken());
        assertEquals(List.of(2L, 4L), sent.acknowledged());
        assertEquals(Set.of("missing"), sent.unreachable().keySet());
        assertNull(sent.failure());
    }

    @Test
    void withoutTheLeadershipNothingIsWaitedForAnyLonger() throws Exception {
        kafka.silent = true;
        OutboxSending.Sent sent = new OutboxSending(kafka, () -> false).send(rows("events", 1, 2));
        assertEquals(List.of(), sent.acknowledged());
    }

    @Test
    void aProducerThatGetsNoAnswerIsGivenUpAndWhatItHasDoneIsKnown() throws Exception {
        kafka.unanswered.add("2");
        List<OutboxRow> rows = List.of(row("events", 1), row("events", 2), row("orders", 3), row("events", 4));
        OutboxSending.Sent sent = new OutboxSending(kafka, () -> true, Duration.ZERO, Duration.ofMillis(1)).send(rows);
        assertEquals(List.of(1L, 3L, 4L), sent.acknowledged());
        assertEquals(Set.of("events"), sent.unreachable().keySet());
        assertEquals(
                "no answer within 0 s to a record for events",
                requireNonNull(sent.failure()).getMessage());
    }

    @Test
    void aTopicIsWithheldForLongerEachTimeAndAtOnceAgainWhenItIsReached() {
        WithheldTopics withheld = new WithheldTopics();
        withheld.failed("missing", 0);
        assertEquals(List.of("missing"), withheld.at(WithheldTopics.FIRST.toNanos() - 1));
        assertEquals(List.of(), withheld.at(WithheldTopics.FIRST.toNanos()));
        for (int i = 0; i < 10; i++) {
            withheld.failed("missing", 0);
        }
        assertEquals(List.of("missing"), withheld.at(WithheldTopics.LONGEST.toNanos() - 1));
        assertEquals(List.of(), withheld.at(WithheldTopics.LONGEST.toNanos()));
        withheld.reached("missing");
        assertEquals(List.of(), withheld.at(0));
    }

    private static List<OutboxRow> rows(String topic, long... ids) {
        return LongStream.of(ids).mapToObj(id -> row(topic, id)).toList();
    }

    private static OutboxRow row(String topic, long id) {
        return new OutboxRow(id, new ProducerRecord<>(topic, String.valueOf(id), new byte[0]));
    }

    /** Kafka's in-memory producer with topics it does not know and records it does not take. */
    private static final class Kafka extends MockProducer<String, byte[]> {
        private final Set<String> unknown = new HashSet<>();
        private final Set<String> refused = new HashSet<>();
        private final Set<String> unanswered = new HashSet<>();
        private boolean silent;

        Kafka() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            if (unknown.contains(topic)) {
                throw new TimeoutException("not present in metadata");
            }
            return super.partitionsFor(topic);
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message) {
            if (silent || unanswered.contains(message.key())) {
                return new CompletableFuture<>();
            }
            return refused.contains(message.key())
                    ? CompletableFuture.failedFuture(new TimeoutException("no memory left"))
                    : super.send(message);
        }

        List<String> taken() {
            return history().stream().map(ProducerRecord::key).toList();
        }
    }
}
