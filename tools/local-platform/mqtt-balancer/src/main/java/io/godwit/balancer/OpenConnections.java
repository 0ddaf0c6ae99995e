package io.godwit.balancer;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many connections each node has through this balancer. */
final class OpenConnections {
    private final Map<String, Integer> byNode = new TreeMap<>();

    OpenConnections(Collection<String> nodes) {
        nodes.forEach(node -> byNode.put(node, 0));
    }

    synchronized void opened(String node) {
        byNode.merge(node, 1, Integer::sum);
    }

    synchronized void closed(String node) {
        byNode.merge(node, -1, Integer::sum);
    }

    synchronized int of(String node) {
        return byNode.getOrDefault(node, 0);
    }

    /** One JSON object, a number by name. */
    synchronized String toJson() {
        return byNode.entrySet().stream()
                .map(node -> "\"" + node.getKey() + "\":" + node.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
