package io.godwit.balancer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to balance.
 *
 * @param healthPort where it tells by HTTP how it is
 * @param listeners one for plain MQTT, one for TLS, or whatever else is TCP
 */
record Plan(int healthPort, List<Listener> listeners) {
    private static final Pattern LISTENER = Pattern.compile("(\\d{1,5})=(.+)");
    private static final Pattern NODE = Pattern.compile("([a-z0-9-]+)@(\\d{1,5})");

    Plan {
        listeners = List.copyOf(listeners);
    }

    /**
     * One port that clients connect to.
     *
     * @param nodes one or more
     */
    record Listener(int port, List<Node> nodes) {
        Listener {
            nodes = List.copyOf(nodes);
        }
    }

    /** A broker on this machine. */
    record Node(String name, int port) {
        Node {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * Reads {@code <health port> <port>=<name>@<port>,<name>@<port> ...}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static Plan parse(String... arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "expected: <health port> <port>=<name>@<port>,<name>@<port> ..., all on this machine");
        }
        List<Listener> listeners = new ArrayList<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            Matcher found = LISTENER.matcher(argument);
            if (!found.matches()) {
                throw new IllegalArgumentException(argument + ": <port>=<name>@<port>,... expected");
            }
            listeners.add(new Listener(
                    port(found.group(1)),
                    Pattern.compile(",")
                            .splitAsStream(found.group(2))
                            .map(Plan::node)
                            .toList()));
        }
        return new Plan(port(arguments[0]), listeners);
    }

    private static Node node(String text) {
        Matcher found = NODE.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(text + ": <name>@<port> expected");
        }
        return new Node(found.group(1), port(found.group(2)));
    }

    private static int port(String digits) {
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(digits + ": a port from 1 to 65535 expected");
        }
        return port;
    }
}
