package io.godwit.cli.bench.nodes;

import io.godwit.protocol.json.Json;
import java.util.Map;

/**
 * A node that was killed in the middle of an order.
 *
 * @param outcomes that were there then
 * @param seconds after the order
 * @param connections by node, just before
 * @param backSeconds after the kill, until there were nearly as many connections as before, on the nodes that were alive
 */
record NodeKill(String node, long outcomes, double seconds, Map<String, Integer> connections, double backSeconds) {
    NodeKill {
        connections = Map.copyOf(connections);
    }

    /** How many devices lost their connection by it. */
    int lost() {
        return connections.getOrDefault(node, 0);
    }

    Json.Obj toJson() {
        return Json.object()
                .put("node", node)
                .put("outcomes", outcomes)
                .put("seconds", NodesReport.decimal(seconds))
                .put("connections", lost())
                .put("backSeconds", NodesReport.decimal(backSeconds))
                .build();
    }
}
