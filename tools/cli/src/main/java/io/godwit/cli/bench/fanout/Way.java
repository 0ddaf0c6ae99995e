package io.godwit.cli.bench.fanout;

import java.util.concurrent.ExecutionException;

/** One way to bring a message to a group, running, with its clients connected. */
interface Way extends AutoCloseable {
    String name();

    /** Sends {@code payload} to the group of that size; does not wait for anybody to get it. */
    void send(int size, byte[] payload) throws InterruptedException, ExecutionException;

    Arrivals arrivals();

    /** Processor time of the broker's process so far. */
    long brokerCpuMillis();

    @Override
    void close();
}
