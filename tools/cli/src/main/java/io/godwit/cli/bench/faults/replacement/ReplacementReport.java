package io.godwit.cli.bench.faults.replacement;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a struck replacement came to.
 *
 * @param stages that it has come to, in order
 * @param seconds from the approval to its end, the strikes in them
 * @param violations each broken promise as a sentence; empty when all were kept
 */
public record ReplacementReport(
        ReplacementSchedule schedule, List<String> stages, double seconds, List<String> violations) {
    public ReplacementReport {
        stages = List.copyOf(stages);
        violations = List.copyOf(violations);
    }

    public boolean isSound() {
        return violations.isEmpty();
    }

    /** {@code reports} as a Markdown table with a line of totals below. */
    public static String table(List<ReplacementReport> reports) {
        return "| seed | mode | killed, at stage (down for) | seconds | ended | promises |\n|---|---|---|---|---|---|\n"
                + reports.stream().map(report -> report.row() + "\n").collect(Collectors.joining())
                + "\n"
                + total(reports)
                + "\n";
    }

    private static String total(List<ReplacementReport> reports) {
        return String.format(
                Locale.ROOT,
                "%d replacements, %d of them from card to card, %d strikes, %d processes killed, %d replacements with a broken promise",
                reports.size(),
                reports.stream().filter(report -> report.schedule.peer()).count(),
                reports.stream()
                        .mapToInt(report -> report.schedule.strikes().size())
                        .sum(),
                reports.stream()
                        .flatMap(report -> report.schedule.strikes().stream())
                        .mapToInt(strike -> strike.victims().size())
                        .sum(),
                reports.stream().filter(report -> !report.isSound()).count());
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %s | %.0f | %s | %s |",
                schedule.seed(),
                schedule.mode(),
                schedule.describe(),
                seconds,
                stages.isEmpty() ? "" : stages.get(stages.size() - 1),
                isSound() ? "kept" : "BROKEN: " + String.join("; ", violations));
    }
}
