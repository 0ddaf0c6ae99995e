package io.godwit.cli.demo;

import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param cards how many the order was for
 * @param succeeded outcomes Executed-Success
 * @param failed all other outcomes, and cards without one
 * @param outcomes cards by status and code, as the registry tells
 * @param seconds from the order's POST until its last outcome was visible by REST
 * @param publishes MQTT publishes by step of the flow, as the devices saw them
 * @param cpuMillisPerCard processor time between order and last outcome, by process, over {@code cards}
 * @param mismatches nids of the cards whose EIS differs from the card itself
 * @param requestGranted whether the card that asked by itself (flow D) got what it asked for
 */
public record DemoResult(
        long cards,
        long succeeded,
        long failed,
        Map<String, Long> outcomes,
        double seconds,
        Map<String, Long> publishes,
        Map<String, Double> cpuMillisPerCard,
        List<String> mismatches,
        boolean requestGranted) {

    /** Every card succeeded, is where its EIS says it is, and the one that asked was served. */
    public boolean isSound() {
        return succeeded == cards && failed == 0 && mismatches.isEmpty() && requestGranted;
    }

    /** The same, with what became of the card that asked by itself. */
    DemoResult withRequest(boolean granted) {
        return new DemoResult(
                cards, succeeded, failed, outcomes, seconds, publishes, cpuMillisPerCard, mismatches, granted);
    }

    /** One object; the last line of standard output with {@code --json}. */
    public Json.Obj toJson() {
        Json.ObjectBuilder steps = Json.object();
        publishes.forEach(steps::put);
        Json.ObjectBuilder cpu = Json.object();
        cpuMillisPerCard.forEach((process, millis) -> cpu.put(process, decimal(millis)));
        Json.ObjectBuilder byOutcome = Json.object();
        outcomes.forEach(byOutcome::put);
        return Json.object()
                .put("cards", cards)
                .put("succeeded", succeeded)
                .put("failed", failed)
                .put("seconds", decimal(seconds))
                .put("publishes", steps.build())
                .put("cpuMillisPerCard", cpu.build())
                .put("outcomes", byOutcome.build())
                .put("mismatches", mismatches.stream().map(Json::of).toList())
                .put("requestGranted", requestGranted)
                .build();
    }

    private static Json decimal(double value) {
        return new Json.Num(String.format(java.util.Locale.ROOT, "%.2f", value));
    }
}
