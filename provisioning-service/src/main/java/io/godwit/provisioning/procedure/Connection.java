package io.godwit.provisioning.procedure;

import java.time.Instant;

/**
 * Where a card can be reached: one connection within one boot of one broker node.
 *
 * @param since when the device had subscribed, by the node's clock
 */
public record Connection(String node, String boot, String id, Instant since) {
    boolean isSame(String otherNode, String otherBoot, String otherId) {
        return node.equals(otherNode) && boot.equals(otherBoot) && id.equals(otherId);
    }

    /** Boots are compared by name and by time: a newer boot than the one that is told of stays. */
    boolean isVoidedBy(CardInput.NodeRestarted restart) {
        return node.equals(restart.node()) && !boot.equals(restart.boot()) && since.isBefore(restart.at());
    }
}
