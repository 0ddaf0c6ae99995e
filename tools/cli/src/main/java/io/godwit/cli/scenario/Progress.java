package io.godwit.cli.scenario;

import io.godwit.cli.registry.CampaignFigures;
import io.godwit.protocol.json.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far an operation is, for people: one line that is written over on a terminal, and a line now and then elsewhere.
 */
public final class Progress {
    private static final int BAR = 30;
    private static final double QUIET_SECONDS = 5;

    private final PrintWriter out;
    private final boolean terminal;
    private double lastPrinted = -QUIET_SECONDS;

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows {@code operation} as it is {@code seconds} after its order. */
    void show(Json.Obj operation, long cards, double seconds, boolean last) {
        if (!terminal && !last && seconds - lastPrinted < QUIET_SECONDS) {
            return;
        }
        lastPrinted = seconds;
        long ended = OutcomeCounts.ended(operation);
        int filled = (int) (BAR * ended / Math.max(1, cards));
        String line = String.format(
                Locale.ROOT,
                "  [%s%s] %d/%d  %5.1f s  %6.1f cards/s  %s%s",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                ended,
                cards,
                seconds,
                ended / Math.max(0.1, seconds),
                states(operation),
                CampaignFigures.of(operation)
                        .map(campaign -> "  " + campaign.sentence())
                        .orElse(""));
        out.print(
                terminal ? "\r\u001b[K" + line + (last ? System.lineSeparator() : "") : line + System.lineSeparator());
        out.flush();
    }

    private static String states(Json.Obj operation) {
        Map<String, Json> counts =
                operation.object("counts").orElse(Json.Obj.EMPTY).members();
        return counts.entrySet().stream()
                .filter(state -> state.getValue() instanceof Json.Num number
                        && !number.literal().equals("0"))
                .map(state -> state.getKey() + " " + ((Json.Num) state.getValue()).literal())
                .collect(Collectors.joining(", "));
    }
}
