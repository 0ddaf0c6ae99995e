package io.godwit.cli.bench.single;

import io.godwit.cli.bench.BenchGroup;
import io.godwit.cli.bench.OrderTable;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.local.ComponentUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** An order in single mode at several sizes on one running installation, after one that warms it up. */
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
    public void run(String tenant, List<Integer> sizes, Duration patience) throws IOException, InterruptedException {
        OrderTable table = new OrderTable();
        for (int cards : sizes) {
            try (BenchGroup group = BenchGroup.enrol(installation, tenant, registry, cards, patience, out)) {
                table.add("new cards", group.order(OrderMode.SINGLE));
            }
        }
        table.print(out);
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
}
