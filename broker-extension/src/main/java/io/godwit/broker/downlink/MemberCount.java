package io.godwit.broker.downlink;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections hold each group's topic. */
final class MemberCount {
    private final Map<String, Integer> byTopic = new ConcurrentHashMap<>();

    int of(String topic) {
        return byTopic.getOrDefault(topic, 0);
    }

    void add(Collection<String> topics) {
        topics.forEach(topic -> byTopic.merge(topic, 1, Integer::sum));
    }

    void remove(Collection<String> topics) {
        topics.forEach(topic -> byTopic.computeIfPresent(topic, (name, count) -> count == 1 ? null : count - 1));
    }
}
