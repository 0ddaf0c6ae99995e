package io.godwit.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A result for people. */
public final class DemoReport {
    private DemoReport() {}

    public static void print(DemoResult result, PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "Cards       %d, succeeded %d, failed %d%n",
                result.cards(),
                result.succeeded(),
                result.failed());
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
        out.println("Flow D      " + (result.requestGranted() ? "granted, and done" : "NOT done"));
        out.flush();
    }
}
