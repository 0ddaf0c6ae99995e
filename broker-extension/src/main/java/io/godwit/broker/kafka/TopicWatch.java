package io.godwit.broker.kafka;

import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka again and again which topic sets there are, and so knows whether Kafka is reached. */
public final class TopicWatch extends WorkerThread {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Admin admin;
    private final Duration interval;
    private final Circuits circuits;
    private final Audience audience;
    private final QuietLog incomplete = new QuietLog(Duration.ofMinutes(1));

    /** Who is told what was found. Called on this thread; what throws here is asked again in the next round. */
    public interface Audience {
        /** All topic sets of this moment, with all partitions of the topics that this extension reads. */
        void found(Map<TopicSet, Partitions> sets) throws InterruptedException;
    }

    /** The partitions of a set's topics. */
    public record Partitions(List<TopicPartition> fleet, List<TopicPartition> toEuicc, int toSmSr) {
        public Partitions {
            fleet = List.copyOf(fleet);
            toEuicc = List.copyOf(toEuicc);
        }
    }

    public TopicWatch(KafkaSettings settings, Duration interval, Circuits circuits, Audience audience) {
        super("godwit-topics");
        this.admin = Admin.create(settings.admin());
        this.interval = interval;
        this.circuits = circuits;
        this.audience = audience;
    }

    @Override
    protected void round() throws InterruptedException {
        try {
            Map<TopicSet, Partitions> found = look();
            reached(true, "");
            audience.found(found);
        } catch (ExecutionException | TimeoutException e) {
            reached(false, String.valueOf(e.getCause() == null ? e : e.getCause()));
        }
        Thread.sleep(interval.toMillis());
    }

    @Override
    protected void end() {
        admin.close(Duration.ofSeconds(2));
    }

    private void reached(boolean now, String fault) {
        if (circuits.isReached() != now) {
            if (now) {
                LOG.info("Kafka is reached.");
            } else {
                LOG.warn("Kafka is not reached; devices are refused until it is. fault={}", fault);
            }
        }
        circuits.reached(now);
    }

    private Map<TopicSet, Partitions> look() throws InterruptedException, ExecutionException, TimeoutException {
        List<TopicSet> sets = TopicSets.among(admin.listTopics().names().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        Set<String> names = new HashSet<>();
        for (TopicSet set : sets) {
            names.addAll(List.of(set.fleet(), set.toEuicc(), set.toSmSr()));
        }
        Map<TopicSet, Partitions> found =
                new TopicAnswers(admin.describeTopics(names).topicNameValues()).complete(sets, ANSWER);
        if (found.size() < sets.size()) {
            incomplete.run(suppressed -> LOG.warn(
                    "Topic sets are left out until all their topics are described. topicSets={} suppressed={}",
                    sets.stream()
                            .filter(set -> !found.containsKey(set))
                            .map(TopicSet::name)
                            .toList(),
                    suppressed));
        }
        return found;
    }
}
