package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp80.Counter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the card has executed, so that a test can see that nothing was executed twice.
 *
 * @param packets how many packets, ever
 * @param recent the last of them, the latest last
 */
public record ExecutionLog(long packets, List<Execution> recent) {
    public static final ExecutionLog EMPTY = new ExecutionLog(0, List.of());
    static final int MAX_RECENT = 16;

    /** One packet: its key set and counter, and how many of its commands were executed, refused ones counted too. */
    public record Execution(int keySetVersion, Counter counter, int commands) {
        public Execution {
            requireNonNull(counter, "counter is null");
        }
    }

    /** @throws IllegalArgumentException when there are more entries than the log holds, or than it counts */
    public ExecutionLog {
        recent = List.copyOf(recent);
        if (recent.size() > MAX_RECENT || recent.size() > packets) {
            throw new IllegalArgumentException("execution log: more entries than it can have");
        }
    }

    ExecutionLog plus(Execution execution) {
        List<Execution> next = new ArrayList<>(recent);
        next.add(execution);
        return new ExecutionLog(packets + 1, next.subList(Math.max(0, next.size() - MAX_RECENT), next.size()));
    }
}
