package io.godwit.balancer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which node a connection goes to: each in turn, and those that have just refused only when all others have too. Pure but
 * for what it remembers; not for several threads.
 *
 * <p>In turn, and not to the node with the fewest connections: a node that sends everybody away, because it has started and
 * knows no tenant yet, has the fewest, and would get everybody again.
 */
final class Rotation {
    private final List<Plan.Node> nodes;
    private final long restNanos;
    private final Map<Plan.Node, Long> refusedAt = new HashMap<>();
    private int turn;

    /** @param restNanos how long a node that has refused is asked last */
    Rotation(List<Plan.Node> nodes, long restNanos) {
        this.nodes = List.copyOf(nodes);
        this.restNanos = restNanos;
    }

    /** All nodes in the order in which the next connection is to try them. */
    List<Plan.Node> next(long now) {
        List<Plan.Node> rested = new ArrayList<>();
        List<Plan.Node> resting = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Plan.Node node = nodes.get((turn + i) % nodes.size());
            (rests(node, now) ? resting : rested).add(node);
        }
        List<Plan.Node> order = new ArrayList<>(rested);
        order.addAll(resting);
        // Behind the one whose turn it is now, so that the neighbour of a dead node does not get its share as well.
        turn = (nodes.indexOf(order.get(0)) + 1) % nodes.size();
        return order;
    }

    /** That node has not accepted a connection. */
    void refused(Plan.Node node, long now) {
        refusedAt.put(node, now);
    }

    /** That node has accepted one. */
    void accepted(Plan.Node node) {
        refusedAt.remove(node);
    }

    private boolean rests(Plan.Node node, long now) {
        Long at = refusedAt.get(node);
        return at != null && now - at < restNanos;
    }
}
