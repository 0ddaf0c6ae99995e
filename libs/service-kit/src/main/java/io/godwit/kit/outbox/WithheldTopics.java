package io.godwit.kit.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics that did not take records when they were last tried: missing, or Kafka is away. Their rows wait, for longer each
 * time, and those of other topics go on. Times are {@link System#nanoTime} or anything like it.
 */
final class WithheldTopics {
    static final Duration FIRST = Duration.ofSeconds(1);
    /** What an outage of Kafka costs at most after its end. */
    static final Duration LONGEST = Duration.ofSeconds(8);

    private record Pause(long until, Duration length) {}

    private final Map<String, Pause> pauses = new HashMap<>();

    void failed(String topic, long now) {
        Pause last = pauses.get(topic);
        Duration length = last == null ? FIRST : last.length().multipliedBy(2);
        if (length.compareTo(LONGEST) > 0) {
            length = LONGEST;
        }
        pauses.put(topic, new Pause(now + length.toNanos(), length));
    }

    void reached(String topic) {
        pauses.remove(topic);
    }

    /** Topics whose rows are not to be read now. */
    List<String> at(long now) {
        return pauses.entrySet().stream()
                .filter(pause -> pause.getValue().until() - now > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
