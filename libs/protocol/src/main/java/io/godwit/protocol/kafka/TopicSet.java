package io.godwit.protocol.kafka;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The six topics that a tenant, or several small tenants together, use: {@code godwit.<name>.<suffix>}.
 *
 * @param name lower-case letters, digits and hyphens, 1 to 40 characters, starting with a letter
 */
public record TopicSet(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** The set of those who have none of their own. */
    public static final TopicSet SHARED = new TopicSet("shared");

    /** @throws IllegalArgumentException when {@code name} is not of the form above */
    public TopicSet {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "topicSet: use 1 to 40 lower-case letters, digits and hyphens, starting with a letter");
        }
    }

    /** broker-extension to provisioning: what devices sent, and presence. */
    public String toSmSr() {
        return topic("to-sm-sr");
    }

    /** provisioning to every broker node: what devices shall receive. */
    public String toEuicc() {
        return topic("to-euicc");
    }

    /** registry to provisioning: what operators asked for. */
    public String orders() {
        return topic("orders");
    }

    /** provisioning to registry: what happened. */
    public String events() {
        return topic("events");
    }

    /** registry to provisioning and broker-extension, compacted, partitioned by tenant: who belongs to the tenant. */
    public String fleet() {
        return topic("fleet");
    }

    /** From anybody: what could not be understood. */
    public String deadLetter() {
        return topic("dead-letter");
    }

    /** All six names. */
    public List<String> topics() {
        return List.of(toSmSr(), toEuicc(), orders(), events(), fleet(), deadLetter());
    }

    private String topic(String suffix) {
        return "godwit." + name + "." + suffix;
    }
}
