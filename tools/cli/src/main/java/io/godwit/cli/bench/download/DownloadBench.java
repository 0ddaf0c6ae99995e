package io.godwit.cli.bench.download;

import io.godwit.cli.bench.BenchGroup;
import io.godwit.cli.bench.OrderTable;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OrderResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Profiles downloaded to cards one by one, at several sizes on one running installation, after one that warms it up. */
public final class DownloadBench {
    private final Installation installation;
    private final RegistryClient registry;
    private final PrintWriter out;

    public DownloadBench(Installation installation, RegistryClient registry, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.out = out;
    }

    /**
     * Runs each of {@code sizes} in turn and prints a table.
     *
     * @param sizes cards of each run; the first run is the cold one
     * @param octets of each package
     */
    public void run(String tenant, List<Integer> sizes, int octets, Duration patience)
            throws IOException, InterruptedException {
        OrderTable table = new OrderTable();
        for (int cards : sizes) {
            try (BenchGroup group = BenchGroup.enrol(installation, tenant, registry, cards, patience, out)) {
                OrderResult result = group.download(octets);
                table.add("new cards", result);
                out.printf(
                        Locale.ROOT,
                        "   %.1f downloads/s; a card: %s; servers %.1f ms of CPU%n",
                        cards / result.seconds(),
                        result.publishes(),
                        result.serverCpuMillisPerCard());
                out.flush();
            }
        }
        table.print(out);
    }
}
