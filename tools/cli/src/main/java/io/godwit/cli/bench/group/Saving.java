package io.godwit.cli.bench.group;

import io.godwit.cli.scenario.OrderResult;
import java.util.Locale;

/** Group mode over single mode, for the same cards. */
record Saving(OrderResult group, OrderResult single) {
    static final String HEAD =
            "| group mode over single mode, cards | SM-SR's publishes | octets to the broker | server CPU | time |\n"
                    + "|---|---|---|---|---|";

    String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %d of %d, %.2f | %.2f | %.2f | %.2f |",
                group.cards(),
                group.serverPublishes(),
                single.serverPublishes(),
                group.serverPublishes() / (double) single.serverPublishes(),
                group.serverOctets() / (double) single.serverOctets(),
                group.serverCpuMillisPerCard() / single.serverCpuMillisPerCard(),
                group.seconds() / single.seconds());
    }
}
