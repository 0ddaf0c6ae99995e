package io.godwit.local.hivemq;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the processes and ports of the MQTT side are called. One node is {@code hivemq}; several are {@code hivemq-1} and so on,
 * behind {@code mqtt-balancer}. Devices connect to the ports {@code hivemq} and {@code hivemq-tls} either way. Pure.
 *
 * @param count how many nodes, 1 to {@value #MOST}
 */
public record BrokerNames(int count) {
    /** More nodes than one machine has memory for. */
    public static final int MOST = 9;

    /** The port that devices connect to. */
    public static final String ADDRESS = "hivemq";

    /** The same with TLS. */
    public static final String TLS_ADDRESS = "hivemq-tls";

    /** The component in front of several nodes. */
    public static final String BALANCER = "mqtt-balancer";

    /** Where it tells how it is. */
    static final String BALANCER_HEALTH = "mqtt-balancer-health";

    private static final String TLS = "-tls";

    /** @throws IllegalArgumentException for other counts */
    public BrokerNames {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count: 1 to " + MOST + " expected");
        }
    }

    /** Whether a component of that name belongs to the MQTT side of any home. */
    public static boolean isComponent(String name) {
        return name.equals(BALANCER) || name.matches(ADDRESS + "(-[1-9])?");
    }

    /** Whether a balancer stands in front of them. */
    public boolean areSeveral() {
        return count > 1;
    }

    /** The component of each node; also the name of its port. */
    public List<String> nodes() {
        return areSeveral()
                ? IntStream.rangeClosed(1, count)
                        .mapToObj(number -> ADDRESS + "-" + number)
                        .toList()
                : List.of(ADDRESS);
    }

    /** The component that devices connect to. */
    public String front() {
        return areSeveral() ? BALANCER : ADDRESS;
    }

    /** All components. */
    public List<String> components() {
        return areSeveral()
                ? Stream.concat(nodes().stream(), Stream.of(BALANCER)).toList()
                : nodes();
    }

    /** The name of a node's port with TLS. */
    public static String tlsPort(String node) {
        return node + TLS;
    }

    /** All ports that have names. */
    public List<String> ports() {
        Stream<String> all = Stream.concat(
                Stream.of(ADDRESS, TLS_ADDRESS),
                areSeveral()
                        ? Stream.concat(
                                nodes().stream().flatMap(node -> Stream.of(node, tlsPort(node))),
                                Stream.of(BALANCER_HEALTH))
                        : Stream.of());
        return all.toList();
    }

    /** The component that listens on the port of that name; for one of another component, its own name. */
    public String listenerOn(String port) {
        if (port.equals(ADDRESS) || port.equals(TLS_ADDRESS)) {
            return front();
        }
        if (port.equals(BALANCER_HEALTH)) {
            return BALANCER;
        }
        return nodes().stream()
                .filter(node -> port.equals(tlsPort(node)))
                .findFirst()
                .orElse(port);
    }
}
