package io.godwit.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process as /proc shows it.
 *
 * @param startTicks since the machine's boot: with the boot's id it tells a process from a later one that got the same number
 * @param cpuMillis user and system time, its ended and awaited children included
 */
record KernelProcess(long pid, char state, int threads, long startTicks, long cpuMillis) {
    /** Linux counts in hundredths of a second towards programs, whatever it does inside. */
    private static final int MILLIS_A_TICK = 10;

    /** The process with this number, unless it has ended; one that nobody has awaited has ended too. */
    static Optional<KernelProcess> of(long pid) {
        try {
            KernelProcess found = parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
            return found.hasEnded() ? Optional.empty() : Optional.of(found);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A line of /proc/PID/stat; the name in it may hold blanks and brackets. */
    static KernelProcess parse(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(afterName[field]);
        }
        return new KernelProcess(
                Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                afterName[0].charAt(0),
                Integer.parseInt(afterName[17]),
                Long.parseLong(afterName[19]),
                ticks * MILLIS_A_TICK);
    }

    /** A process is a zombie already while the last of its threads are dying, and its ports are taken until they are dead. */
    private boolean hasEnded() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }

    /** A value in kB of /proc/PID/status; 0 where the process has ended. */
    long statusKilobytes(String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The identity of the machine's present run. */
    static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
