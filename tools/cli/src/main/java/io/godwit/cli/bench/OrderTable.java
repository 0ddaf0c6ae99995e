package io.godwit.cli.bench;

import io.godwit.cli.scenario.CpuMeter;
import io.godwit.cli.scenario.OrderResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Orders in the order in which they were carried out, as a Markdown table. */
public final class OrderTable {
    private record Row(String run, OrderResult result) {}

    private final List<Row> rows = new ArrayList<>();

    /** @param run tells it from others of the same size and mode */
    public void add(String run, OrderResult result) {
        rows.add(new Row(run, result));
    }

    public void print(PrintWriter out) {
        Set<String> processes = new LinkedHashSet<>();
        rows.forEach(row -> processes.addAll(row.result().cpuMillisPerCard().keySet()));
        processes.remove(CpuMeter.DEVICES);
        processes.add(CpuMeter.DEVICES);
        out.println();
        out.println("| mode | cards | run | succeeded | repaired | seconds | cards/s | SM-SR's publishes a card"
                + " | octets to the broker a card | server CPU ms/card | " + String.join(" | ", processes) + " |");
        out.println("|---|---|---|---|---|---|---|---|---|---|" + "---|".repeat(processes.size()));
        rows.forEach(row -> out.println(line(row, processes)));
        out.println();
        out.flush();
    }

    private static String line(Row row, Set<String> processes) {
        OrderResult result = row.result();
        double cards = result.cards();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %d | %s | %d | %d | %.1f | %.0f | %.3f | %.0f | %.1f |",
                result.mode().literal(),
                result.cards(),
                row.run(),
                result.succeeded(),
                result.repaired(),
                result.seconds(),
                cards / result.seconds(),
                result.serverPublishes() / cards,
                result.serverOctets() / cards,
                result.serverCpuMillisPerCard()));
        for (String process : processes) {
            line.append(String.format(
                    Locale.ROOT, " %.1f |", result.cpuMillisPerCard().getOrDefault(process, 0.0)));
        }
        return line.toString();
    }
}
