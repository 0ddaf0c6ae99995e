package io.godwit.cli.bench.faults;

import io.godwit.cli.scenario.OrderMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run under faults came to.
 *
 * @param seed repeats the schedule
 * @param outcomes cards by outcome
 * @param violations each broken promise as a sentence; empty in a sound run
 * @param seconds from the order to the moment when, after the last strike, all outcomes were seen
 */
public record FaultReport(
        long seed,
        OrderMode mode,
        int cards,
        List<Strike> strikes,
        Map<String, Long> outcomes,
        List<String> violations,
        double seconds) {
    public FaultReport {
        strikes = List.copyOf(strikes);
        outcomes = Map.copyOf(outcomes);
        violations = List.copyOf(violations);
    }

    public boolean isSound() {
        return violations.isEmpty();
    }

    /** Strikes at a moment when some cards had begun and some had not ended. */
    public long strikesInTheMiddle() {
        return strikes.stream().filter(strike -> strike.isInTheMiddle(cards)).count();
    }

    /** {@code reports} as a Markdown table with a line of totals below. */
    public static String table(List<FaultReport> reports) {
        return "| seed | mode | cards | killed, in this order (cards triggered/answered/done by then) | seconds | outcomes | promises |\n|---|---|---|---|---|---|---|\n"
                + reports.stream().map(report -> report.row() + "\n").collect(Collectors.joining())
                + "\n"
                + total(reports)
                + "\n";
    }

    private static String total(List<FaultReport> reports) {
        return String.format(
                Locale.ROOT,
                "%d orders, %d strikes, %d of them in the middle of the order, %d processes killed, %d orders with a broken promise",
                reports.size(),
                reports.stream().mapToInt(report -> report.strikes().size()).sum(),
                reports.stream().mapToLong(FaultReport::strikesInTheMiddle).sum(),
                reports.stream()
                        .flatMap(report -> report.strikes().stream())
                        .mapToInt(strike -> strike.fault().victims().size())
                        .sum(),
                reports.stream().filter(report -> !report.isSound()).count());
    }

    /** This run as a line of a Markdown table. */
    private String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %d | %s | %.0f | %s | %s |",
                seed,
                mode.literal(),
                cards,
                strikes.stream().map(Strike::describe).collect(Collectors.joining(", ")),
                seconds,
                outcomes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", ")),
                isSound() ? "kept" : "BROKEN: " + String.join("; ", violations));
    }
}
