package io.godwit.cli.scenario;

import io.godwit.cli.registry.CampaignFigures;
import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an order for a group came to.
 *
 * @param function with its target, for people
 * @param cards how many the order was for
 * @param succeeded outcomes Executed-Success
 * @param failed all other outcomes, and cards without one
 * @param outcomes cards by status and code, as the registry tells
 * @param seconds from the order's POST until its last outcome was visible by REST
 * @param publishes MQTT publishes by step of the flow: the SM-SR's as it sent them, one to a group counted once, the devices'
 *     as they were acknowledged
 * @param serverPublishes those of the SM-SR together
 * @param serverOctets what these took from the SM-SR to the broker: keys, headers and payloads
 * @param cpuMillisPerCard processor time between order and last outcome, by process, over {@code cards}
 * @param mismatches nids of the cards whose EIS differs from the card itself
 * @param campaign how it went in group mode; {@code null} in single mode
 */
public record OrderResult(
        String function,
        OrderMode mode,
        long cards,
        long succeeded,
        long failed,
        Map<String, Long> outcomes,
        double seconds,
        Map<String, Long> publishes,
        long serverPublishes,
        long serverOctets,
        Map<String, Double> cpuMillisPerCard,
        List<String> mismatches,
        @Nullable CampaignFigures campaign) {

    /** Every card succeeded and is where its EIS says it is. */
    public boolean isSound() {
        return succeeded == cards && failed == 0 && mismatches.isEmpty();
    }

    /** Whether patience ran out before every card had its outcome. */
    public boolean isIncomplete() {
        return outcomes.containsKey(OutcomeCounts.NONE);
    }

    /** Members that were served by a command of their own; all of them in single mode. */
    public long repaired() {
        return campaign == null ? 0 : campaign.repaired();
    }

    /** Milliseconds of processor time a card, of all processes but the simulated devices. */
    public double serverCpuMillisPerCard() {
        return cpuMillisPerCard.entrySet().stream()
                .filter(process -> !process.getKey().equals(CpuMeter.DEVICES))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What scripts read. */
    public Json.ObjectBuilder toJson() {
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
                .put("serverPublishes", serverPublishes)
                .put("serverOctets", serverOctets);
    }

    /** With two digits behind the point. */
    public static Json decimal(double value) {
        return new Json.Num(String.format(Locale.ROOT, "%.2f", value));
    }
}
