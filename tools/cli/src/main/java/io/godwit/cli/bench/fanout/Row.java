package io.godwit.cli.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One line of the result, as Markdown. */
final class Row {
    static final String HEAD =
            "| clients | way | last client has it, ms: median of each round | best .. worst | over bare (each round)"
                    + " | broker CPU, us a delivery (each round) | over bare |\n|---|---|---|---|---|---|---|";

    private Row() {}

    static String of(int size, String way, List<Figures> rounds, List<Figures> bare) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %s | %.0f .. %.0f | %s | %s | %s |",
                size,
                way,
                list("%.0f", rounds, Figures::medianMillis),
                rounds.stream().mapToDouble(Figures::bestMillis).min().orElse(0),
                rounds.stream().mapToDouble(Figures::worstMillis).max().orElse(0),
                ratios(rounds, bare, Figures::medianMillis),
                list("%.0f", rounds, Figures::cpuMicrosPerDelivery),
                ratios(rounds, bare, Figures::cpuMicrosPerDelivery));
    }

    private static String list(String format, List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return String.join(
                ", ",
                rounds.stream()
                        .map(round -> String.format(Locale.ROOT, format, figure.applyAsDouble(round)))
                        .toList());
    }

    private static String ratios(List<Figures> rounds, List<Figures> bare, ToDoubleFunction<Figures> figure) {
        List<String> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(rounds.size(), bare.size()); round++) {
            ratios.add(String.format(
                    Locale.ROOT,
                    "%.2f",
                    figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(bare.get(round))));
        }
        return String.join(", ", ratios);
    }
}
