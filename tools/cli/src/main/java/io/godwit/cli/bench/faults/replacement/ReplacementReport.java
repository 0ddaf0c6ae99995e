package io.godwit.cli.bench.faults.replacement;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a struck replacement came to.
 *
 * @param ended how, for people; empty when it is not known
 * @param hits the strikes that were carried out; it had ended before the others, or could not go on
 * @param seconds from the approval to its end, the strikes in them
 * @param violations each broken promise as a sentence; empty when all were kept
 */
public record ReplacementReport(
        ReplacementSchedule schedule, String ended, List<StageHit> hits, double seconds, List<String> violations) {
    public ReplacementReport {
        hits = List.copyOf(hits);
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
        List<StageHit> hits =
                reports.stream().flatMap(report -> report.hits.stream()).toList();
        int due = reports.stream()
                .mapToInt(report -> report.schedule.strikes().size())
                .sum();
        long atStage = hits.stream().filter(StageHit::isAtItsStage).count();
        return String.format(
                Locale.ROOT,
                "%d replacements, %d of them from card to card, %d cancelled and %d with an old card that was given up; %d strikes: %d at their stage, %d later on, %d missed; %d processes killed; %d replacements with a broken promise",
                reports.size(),
                reports.stream().filter(report -> report.schedule.peer()).count(),
                count(reports, Ending.CANCELLED),
                count(reports, Ending.GIVEN_UP),
                due,
                atStage,
                hits.size() - atStage,
                due - hits.size(),
                hits.stream().mapToInt(hit -> hit.strike().victims().size()).sum(),
                reports.stream().filter(report -> !report.isSound()).count());
    }

    private static long count(List<ReplacementReport> reports, Ending ending) {
        return reports.stream()
                .filter(report -> report.ended.equals(ending.words()))
                .count();
    }

    /** Whether an operator's word has turned it. */
    public boolean wasTurned() {
        return ended.equals(Ending.CANCELLED.words()) || ended.equals(Ending.GIVEN_UP.words());
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %s | %.0f | %s | %s |",
                schedule.seed(),
                schedule.kind(),
                strikes(),
                seconds,
                ended,
                isSound() ? "kept" : "BROKEN: " + cell(String.join("; ", violations)));
    }

    private String strikes() {
        List<StageStrike> carriedOut = hits.stream().map(StageHit::strike).toList();
        Stream<String> missed = schedule.strikes().stream()
                .filter(strike -> !carriedOut.contains(strike))
                .map(strike -> strike.describe() + ", missed");
        return Stream.concat(hits.stream().map(StageHit::describe), missed).collect(Collectors.joining("; "));
    }

    /** What would end a cell of a table or its row, harmless. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }
}
