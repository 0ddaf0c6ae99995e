package io.godwit.cli.bench.fanout;

import java.util.List;

/**
 * How one client connects.
 *
 * @param topics what it subscribes to, with QoS 1
 */
record Login(String clientId, String user, String password, List<String> topics) {
    Login {
        topics = List.copyOf(topics);
    }
}
