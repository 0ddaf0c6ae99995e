package io.godwit.cli.demo;

import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.protocol.json.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A result for people. */
public final class DemoReport {
    private DemoReport() {}

    public static void print(DemoResult result, PrintWriter out) {
        OrderResult group = result.group();
        OrderResult single = result.single();
        out.println();
        order("Group mode", group, out);
        if (single != null) {
            order("Single mode, the same cards", single, out);
            saved(group, single, out);
        }
        out.println("Flow D      " + (result.requestGranted() ? "granted, and done" : "NOT done"));
        out.println("Flow D-C    "
                + (result.groupRequestGranted() ? "granted, and done for the spokesman's whole group" : "NOT done"));
        DemoResult.Downloaded downloaded = result.downloaded();
        if (downloaded != null) {
            out.println(
                    "Download    " + (downloaded.first() ? "installed, and enabled by a second order" : "NOT done"));
            out.println();
            order("Downloads, one by one", downloaded.others(), out);
        }
        DemoResult.Stock stock = result.stock();
        if (stock != null) {
            out.println("Stock       " + stock.imported() + " subscriptions brought, now "
                    + stock.states().members().entrySet().stream()
                            .map(state -> state.getKey() + " " + number(state.getValue()))
                            .collect(Collectors.joining(", ")));
            DemoResult.Refused refused = stock.refused();
            out.println("Wrong Ki    " + refused.code() + (refused.back() ? ", back to the former profile" : "")
                    + (refused.detail().isEmpty() ? "" : ": " + refused.detail()));
        }
        out.flush();
    }

    private static void order(String mode, OrderResult result, PrintWriter out) {
        out.println(mode + ": " + result.function());
        out.printf(
                Locale.ROOT,
                "Cards       %d, succeeded %d, failed %d%s%n",
                result.cards(),
                result.succeeded(),
                result.failed(),
                repaired(result.campaign()));
        out.println("Outcomes    "
                + result.outcomes().entrySet().stream()
                        .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                        .collect(Collectors.joining(", ")));
        out.printf(
                Locale.ROOT,
                "Time        %.1f s from the order to the last outcome by REST, %.0f cards/s%n",
                result.seconds(),
                result.cards() / result.seconds());
        out.println("Messages    "
                + result.publishes().entrySet().stream()
                        .map(step -> step.getKey() + " " + step.getValue())
                        .collect(Collectors.joining("  ")));
        out.println("CPU, ms a card  "
                + result.cpuMillisPerCard().entrySet().stream()
                        .map(process -> String.format(Locale.ROOT, "%s %.1f", process.getKey(), process.getValue()))
                        .collect(Collectors.joining("  ")));
        out.println("EIS = card  "
                + (result.mismatches().isEmpty() ? "yes, for every card" : "NO: " + result.mismatches()));
        out.println();
    }

    private static String number(Json value) {
        return value instanceof Json.Num number ? number.literal() : "";
    }

    private static String repaired(@Nullable CampaignFigures campaign) {
        return campaign == null ? "" : ", repaired by a B1 of their own " + campaign.repaired();
    }

    private static void saved(OrderResult group, OrderResult single, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "The SM-SR published %d messages (%.1f kB) for the group and %d (%.1f kB) one by one;"
                        + " CPU of the servers %.1f and %.1f ms a card%n",
                group.serverPublishes(),
                group.serverOctets() / 1000.0,
                single.serverPublishes(),
                single.serverOctets() / 1000.0,
                group.serverCpuMillisPerCard(),
                single.serverCpuMillisPerCard());
        out.println();
    }
}
