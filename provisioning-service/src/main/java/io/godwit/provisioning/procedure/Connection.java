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
}
