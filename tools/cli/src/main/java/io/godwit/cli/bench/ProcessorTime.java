package io.godwit.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What an operation costs: processor time of its thread, so that a busy machine does not count. */
public final class ProcessorTime {
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /**
     * Microseconds of processor time an operation.
     *
     * @param each how long it is repeated, after as long a warm-up
     */
    public static double micros(Duration each, Runnable operation) {
        repeat(each, operation);
        return repeat(each, operation);
    }

    private static double repeat(Duration each, Runnable operation) {
        long start = System.nanoTime();
        long processor = PROCESSOR.getCurrentThreadCpuTime();
        long count = 0;
        do {
            operation.run();
            count++;
        } while (System.nanoTime() - start < each.toNanos());
        return (PROCESSOR.getCurrentThreadCpuTime() - processor) / 1000.0 / count;
    }
}
