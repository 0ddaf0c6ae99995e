package io.godwit.cli;

import io.godwit.local.ComponentStatus;
import io.godwit.local.ComponentUsage;
import io.godwit.local.PlatformStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The components as a table for people. */
final class StatusTable {
    private StatusTable() {}

    static void print(PlatformStatus status, List<ComponentUsage> usage, PrintWriter out) {
        out.printf(
                Locale.ROOT, "%-24s %-8s %8s %6s %9s %9s%n", "component", "state", "pid", "port", "memory", "start-up");
        for (ComponentStatus component : status.components()) {
            if (component instanceof ComponentStatus.Up up) {
                line(out, up.name(), "up", up.process().pid(), up.process().port(), usage);
            } else if (component instanceof ComponentStatus.Silent silent) {
                line(
                        out,
                        silent.name(),
                        "silent",
                        silent.process().pid(),
                        silent.process().port(),
                        usage);
                out.println("    " + silent.reason());
            } else {
                out.printf(Locale.ROOT, "%-24s %-8s%n", component.name(), "down");
            }
        }
    }

    private static void line(
            PrintWriter out, String name, String state, long pid, int port, List<ComponentUsage> usage) {
        ComponentUsage used = usage.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(new ComponentUsage(name, pid, 0, 0, 0));
        out.printf(
                Locale.ROOT,
                "%-24s %-8s %8d %6d %6d MB %7.1f s%n",
                name,
                state,
                pid,
                port,
                used.residentKilobytes() / 1024,
                used.startUpMillis() / 1000.0);
    }
}
