package io.godwit.cli.bench.single;

import io.godwit.cli.demo.Demo;
import io.godwit.cli.demo.DemoResult;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CpuMeter;
import io.godwit.local.ComponentUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The demonstration's order at several sizes on one running installation, after one that warms it up. */
public final class SingleBench {
    private final Installation installation;
    private final RegistryClient registry;
    private final PrintWriter out;

    public SingleBench(Installation installation, RegistryClient registry, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.out = out;
    }

    /**
     * Runs each of {@code sizes} in turn and prints a table.
     *
     * @param sizes cards of each run; the first run is the cold one
     */
    public void run(List<Integer> sizes, Duration patience)
            throws IOException, InterruptedException, ExecutionException {
        List<DemoResult> results = new ArrayList<>();
        for (int cards : sizes) {
            out.println("-- " + cards + " cards");
            results.add(new Demo(installation, registry, patience, out, false).run(cards));
        }
        print(results);
        out.println();
        out.println("| process | resident memory | start-up |");
        out.println("|---|---|---|");
        for (ComponentUsage used : installation.usage()) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d MB | %.1f s |%n",
                    used.name(),
                    used.residentKilobytes() / 1024,
                    used.startUpMillis() / 1000.0);
        }
        out.flush();
    }

    private void print(List<DemoResult> results) {
        Set<String> processes = new LinkedHashSet<>();
        results.forEach(result -> processes.addAll(result.cpuMillisPerCard().keySet()));
        out.println();
        out.println("| cards | succeeded | seconds | cards/s | server CPU ms/card | " + String.join(" | ", processes)
                + " |");
        out.println("|---|---|---|---|---|" + "---|".repeat(processes.size()));
        for (DemoResult result : results) {
            StringBuilder row = new StringBuilder();
            double server = 0;
            for (String process : processes) {
                double millis = result.cpuMillisPerCard().getOrDefault(process, 0.0);
                server += process.equals(CpuMeter.DEVICES) ? 0 : millis;
                row.append(String.format(Locale.ROOT, " %.1f |", millis));
            }
            out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.1f | %.0f | %.1f |%s%n",
                    result.cards(),
                    result.succeeded(),
                    result.seconds(),
                    result.cards() / result.seconds(),
                    server,
                    row);
        }
    }
}
