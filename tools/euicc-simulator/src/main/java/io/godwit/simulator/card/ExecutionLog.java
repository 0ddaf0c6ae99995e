package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;

/**
 * What the card has executed for the SM-SR, so that a test can see that nothing was executed twice.
 *
 * @param packets how many packets, ever
 * @param recent the last of them, the latest last
 * @param groupPackages how many group packages, ever
 * @param recentForGroups the last of them, the latest last
 */
public record ExecutionLog(
        long packets, List<Execution> recent, long groupPackages, List<GroupExecution> recentForGroups) {
    public static final ExecutionLog EMPTY = new ExecutionLog(0, List.of(), 0, List.of());
    static final int MAX_RECENT = 16;

    /** One packet: its key set and counter, and how many of its commands were executed, refused ones counted too. */
    public record Execution(int keySetVersion, Counter counter, int commands) {
        public Execution {
            requireNonNull(counter, "counter is null");
        }
    }

    /** One group package, refused functions counted too; a group and a counter that stand here twice would be a fault. */
    public record GroupExecution(TenantId tenant, Gid gid, Counter counter) {
        public GroupExecution {
            requireNonNull(tenant, "tenant is null");
            requireNonNull(gid, "gid is null");
            requireNonNull(counter, "counter is null");
        }
    }

    /** @throws IllegalArgumentException when there are more entries than the log holds, or than it counts */
    public ExecutionLog {
        recent = List.copyOf(recent);
        recentForGroups = List.copyOf(recentForGroups);
        if (isTooLong(recent, packets) || isTooLong(recentForGroups, groupPackages)) {
            throw new IllegalArgumentException("execution log: more entries than it can have");
        }
    }

    private static boolean isTooLong(List<?> entries, long counted) {
        return entries.size() > MAX_RECENT || entries.size() > counted;
    }

    ExecutionLog plus(Execution execution) {
        return new ExecutionLog(packets + 1, lastOf(recent, execution), groupPackages, recentForGroups);
    }

    ExecutionLog plus(GroupExecution execution) {
        return new ExecutionLog(packets, recent, groupPackages + 1, lastOf(recentForGroups, execution));
    }

    private static <T> List<T> lastOf(List<T> entries, T latest) {
        List<T> next = new ArrayList<>(entries);
        next.add(latest);
        return next.subList(Math.max(0, next.size() - MAX_RECENT), next.size());
    }
}
