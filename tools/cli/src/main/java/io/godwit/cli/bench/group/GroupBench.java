package io.godwit.cli.bench.group;

import io.godwit.cli.bench.BenchGroup;
import io.godwit.cli.bench.OrderTable;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OrderResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Orders in group mode at several sizes on one running installation, and in single mode for the same cards. */
public final class GroupBench {
    private final Installation installation;
    private final RegistryClient registry;
    private final PrintWriter out;

    public GroupBench(Installation installation, RegistryClient registry, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.out = out;
    }

    /**
     * For each of {@code sizes}: new cards, an order in group mode, the same again, and one in single mode. The very first is
     * the cold one.
     *
     * @param singleUpTo larger groups are not served in single mode
     */
    public void run(String tenant, List<Integer> sizes, int singleUpTo, Duration patience)
            throws IOException, InterruptedException {
        OrderTable table = new OrderTable();
        List<Saving> savings = new ArrayList<>();
        for (int cards : sizes) {
            try (BenchGroup group = BenchGroup.enrol(installation, tenant, registry, cards, patience, out)) {
                table.add("first", group.order(OrderMode.GROUP));
                OrderResult again = group.order(OrderMode.GROUP);
                table.add("again", again);
                if (cards <= singleUpTo) {
                    OrderResult single = group.order(OrderMode.SINGLE);
                    table.add("same cards", single);
                    savings.add(new Saving(again, single));
                }
            }
        }
        table.print(out);
        if (!savings.isEmpty()) {
            out.println(Saving.HEAD);
            savings.forEach(saving -> out.println(saving.row()));
            out.println();
        }
        out.println(Peer.TABLE);
        out.flush();
    }
}
