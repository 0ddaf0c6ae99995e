package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.tlv.Tlv;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The components of one SEQUENCE, asked for in their order. What is left at the end is what a later version of the
 * format has added (EXTENSIBILITY IMPLIED); it is kept.
 */
final class Fields {
    private final Node parent;
    private final List<Node> nodes;
    private final Set<Integer> asked = new HashSet<>();
    private int next;

    Fields(Node parent) {
        this.parent = parent;
        this.nodes = parent.children();
    }

    Optional<Node> optional(int tag) {
        asked.add(tag);
        if (next < nodes.size() && nodes.get(next).tag() == tag) {
            next++;
            return Optional.of(nodes.get(next - 1));
        }
        return Optional.empty();
    }

    Node required(int tag) {
        return optional(tag).orElseThrow(() -> {
            int at = next < nodes.size()
                    ? nodes.get(next).at()
                    : parent.valueAt() + parent.value().length();
            return new Faulty(at, Malformation.MISSING_TAG);
        });
    }

    /** What has not been asked for: all of it after the last that was found. */
    List<Node> remaining() {
        List<Node> remaining = nodes.subList(next, nodes.size());
        for (Node node : remaining) {
            if (asked.contains(node.tag())) {
                throw node.fault(Malformation.UNEXPECTED_TAG);
            }
        }
        next = nodes.size();
        return List.copyOf(remaining);
    }

    List<Tlv> rest() {
        return remaining().stream().map(Node::toTlv).toList();
    }
}
