package io.godwit.broker.kafka;

import io.godwit.protocol.kafka.TopicSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds topic sets among the names of topics. */
public final class TopicSets {
    private static final String PREFIX = "godwit.";
    private static final String FLEET = ".fleet";

    private TopicSets() {}

    /** The sets that have all topics which this extension needs; a set whose topics are still being made is left out. */
    public static List<TopicSet> among(Collection<String> topics) {
        Set<String> all = new TreeSet<>(topics);
        List<TopicSet> sets = new ArrayList<>();
        for (String topic : all) {
            named(topic)
                    .filter(set -> all.contains(set.toSmSr()) && all.contains(set.toEuicc()))
                    .ifPresent(sets::add);
        }
        return sets;
    }

    private static Optional<TopicSet> named(String topic) {
        if (!topic.startsWith(PREFIX) || !topic.endsWith(FLEET) || topic.length() <= PREFIX.length() + FLEET.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TopicSet(topic.substring(PREFIX.length(), topic.length() - FLEET.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
