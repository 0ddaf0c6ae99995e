package io.godwit.cli.bench.group;

/**
 * What to hold the figures against. The peer is a rollout of hawkBit 0.9.0 on a machine like ours, without reconnects and
 * without cryptography; the processor time is that of its server.
 */
final class Peer {
    static final String TABLE = """
            | to hold it against | cards | seconds | server CPU ms/card |
            |---|---|---|---|
            | hawkBit 0.9.0 | 1000 | 31.6 | 49.8 |
            | hawkBit 0.9.0 | 5000 | 89.8 | 29.4 |
            | our aim | 1000 | 3 | 4 |
            | our aim | 5000 | 9 | 4 |""";

    private Peer() {}
}
