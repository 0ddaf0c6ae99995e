package io.godwit.kit.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to Kafka in their order. A record whose predecessor was not taken is not sent: a reader that sees the later one
 * first takes the earlier one for old. So topics are made known before the first record goes, because a producer that does
 * not know a topic fails one record and may take the next; and the first failure ends the sending.
 */
final class OutboxSending {
    /**
     * So long one record may go without an answer. Then its producer is given up: another one may be heard where it is not.
     * Longer than the producer needs to ask once more, for its own repetitions make no duplicates.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final Leadership leadership;
    private final Duration patience;
    private final Duration look;

    OutboxSending(Producer<String, byte[]> producer, Leadership leadership) {
        this(producer, leadership, PATIENCE, LOOK);
    }

    /**
     * @param patience how long one record may go without an answer
     * @param look how often meanwhile it is asked whether this process still leads
     */
    OutboxSending(Producer<String, byte[]> producer, Leadership leadership, Duration patience, Duration look) {
        this.producer = producer;
        this.leadership = leadership;
        this.patience = patience;
        this.look = look;
    }

    /** Whether this process is still the one that sends. */
    @FunctionalInterface
    interface Leadership {
        /** @throws SQLException when the session, and with it the leadership, is gone */
        boolean isHeld() throws SQLException;
    }

    /**
     * What became of the rows.
     *
     * @param acknowledged ids of rows that Kafka has
     * @param unreachable topics that do not take records now, and why; their rows were not sent, or have no answer
     * @param failure what ended the sending before its end
     */
    record Sent(
            List<Long> acknowledged,
            Map<String, KafkaException> unreachable,
            @Nullable KafkaException failure) {
        Sent {
            acknowledged = List.copyOf(acknowledged);
            unreachable = Collections.unmodifiableMap(new LinkedHashMap<>(unreachable));
        }
    }

    /** Sends {@code rows} and waits until Kafka has them, or one has failed or has no answer, or the leadership has ended. */
    Sent send(List<OutboxRow> rows) throws InterruptedException, SQLException {
        Map<String, KafkaException> unreachable = unreachable(rows);
        List<OutboxRow> sent = new ArrayList<>(rows.size());
        List<Future<RecordMetadata>> underway = new ArrayList<>(rows.size());
        KafkaException failure = null;
        for (OutboxRow row : rows) {
            if (unreachable.containsKey(row.topic())) {
                continue;
            }
            try {
                Future<RecordMetadata> acknowledgement = producer.send(row.message());
                sent.add(row);
                underway.add(acknowledgement);
                failure = acknowledgement.isDone() ? failure(acknowledgement) : null;
            } catch (KafkaException e) {
                failure = e;
            }
            if (failure != null) {
                break;
            }
        }
        List<Long> acknowledged = new ArrayList<>(sent.size());
        boolean silent = false;
        for (int i = 0; i < sent.size(); i++) {
            Future<RecordMetadata> acknowledgement = underway.get(i);
            Waiting waited = silent ? look(acknowledgement) : await(acknowledgement);
            if (waited == Waiting.NOT_LEADING) {
                break;
            }
            if (waited == Waiting.UNANSWERED) {
                // What Kafka has of the rows behind it is not sent again; what its topic has not taken waits.
                silent = true;
                KafkaException cause = unanswered(sent.get(i));
                unreachable.putIfAbsent(sent.get(i).topic(), cause);
                failure = failure == null ? cause : failure;
                continue;
            }
            KafkaException cause = failure(acknowledgement);
            if (cause == null) {
                acknowledged.add(sent.get(i).id());
            } else if (failure == null) {
                failure = cause;
            }
        }
        return new Sent(acknowledged, unreachable, failure);
    }

    private Map<String, KafkaException> unreachable(List<OutboxRow> rows) throws SQLException {
        Map<String, KafkaException> unreachable = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        for (OutboxRow row : rows) {
            if (known.add(row.topic())) {
                try {
                    producer.partitionsFor(row.topic());
                } catch (KafkaException e) {
                    unreachable.put(row.topic(), e);
                    // The producer has waited; somebody else may be the one that sends by now.
                    leadership.isHeld();
                }
            }
        }
        return unreachable;
    }

    private KafkaException unanswered(OutboxRow row) {
        return new org.apache.kafka.common.errors.TimeoutException(
                "no answer within " + patience.toSeconds() + " s to a record for " + row.topic());
    }

    /** How waiting for an acknowledgement ended. */
    private enum Waiting {
        SETTLED,
        UNANSWERED,
        NOT_LEADING
    }

    private static Waiting look(Future<RecordMetadata> acknowledgement) {
        return acknowledgement.isDone() ? Waiting.SETTLED : Waiting.UNANSWERED;
    }

    private Waiting await(Future<RecordMetadata> acknowledgement) throws InterruptedException, SQLException {
        long begin = System.nanoTime();
        while (true) {
            try {
                acknowledgement.get(look.toMillis(), TimeUnit.MILLISECONDS);
                return Waiting.SETTLED;
            } catch (TimeoutException e) {
                if (!leadership.isHeld()) {
                    return Waiting.NOT_LEADING;
                }
                if (System.nanoTime() - begin > patience.toNanos()) {
                    return Waiting.UNANSWERED;
                }
            } catch (ExecutionException e) {
                return Waiting.SETTLED;
            }
        }
    }

    private static @Nullable KafkaException failure(Future<RecordMetadata> settled) throws InterruptedException {
        try {
            settled.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException("a record of the outbox was not taken", e.getCause());
        }
    }
}
