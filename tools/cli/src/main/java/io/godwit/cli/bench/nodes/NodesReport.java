package io.godwit.cli.bench.nodes;

import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run came to.
 *
 * @param outcomes cards by outcome
 * @param repaired members that were commanded one by one, by B1
 * @param reconnects connections that devices lost, or could not make, and tried again
 * @param seconds from the order until its last outcome was seen
 * @param twinSeconds how long the older of two connections of a device stayed open at most
 * @param connections by node, at the end
 * @param broken each broken promise as a sentence; empty in a sound run
 */
public record NodesReport(
        int nodes,
        int cards,
        List<NodeKill> kills,
        Map<String, Long> outcomes,
        long repaired,
        long reconnects,
        double seconds,
        double twinSeconds,
        WrongDeliveries wrongDeliveries,
        Map<String, Integer> connections,
        List<String> broken) {
    public NodesReport {
        kills = List.copyOf(kills);
        outcomes = Map.copyOf(outcomes);
        connections = Map.copyOf(connections);
        broken = List.copyOf(broken);
    }

    public boolean isSound() {
        return broken.isEmpty();
    }

    /** Kills at a moment when some outcomes were there and some were not. */
    public long killsInTheMiddle() {
        return kills.stream()
                .filter(kill -> kill.outcomes() > 0 && kill.outcomes() < cards)
                .count();
    }

    /** For people: two Markdown tables and a sentence. */
    public String text() {
        StringBuilder text = new StringBuilder("| killed | outcomes then | seconds after the order | its connections"
                + " | connections there again after, s |\n|---|---|---|---|---|\n");
        for (NodeKill kill : kills) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d of %d | %.1f | %d | %.1f |%n",
                    kill.node(),
                    kill.outcomes(),
                    cards,
                    kill.seconds(),
                    kill.lost(),
                    kill.backSeconds()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n| nodes | cards | seconds | outcomes | repaired by B | reconnects | connections at the end"
                        + " | older twin open, s | wrong deliveries |%n|---|---|---|---|---|---|---|---|---|%n"
                        + "| %d | %d | %.1f | %s | %d | %d | %s | %.2f | %d |%n%n",
                nodes,
                cards,
                seconds,
                outcomes,
                repaired,
                reconnects,
                new TreeMap<>(connections),
                twinSeconds,
                wrongDeliveries.all()));
        return text.append(isSound() ? "All promises kept.\n" : "BROKEN: " + String.join("; ", broken) + "\n")
                .toString();
    }

    /** For scripts. */
    public Json.Obj toJson() {
        Json.ObjectBuilder byOutcome = Json.object();
        outcomes.forEach(byOutcome::put);
        return Json.object()
                .put("nodes", nodes)
                .put("cards", cards)
                .put("seconds", decimal(seconds))
                .put("outcomes", byOutcome.build())
                .put("repaired", repaired)
                .put("reconnects", reconnects)
                .put("twinSeconds", decimal(twinSeconds))
                .put("wrongDeliveries", wrongDeliveries.all())
                .put("kills", kills.stream().map(NodeKill::toJson).toList())
                .put("broken", broken.stream().map(Json::of).toList())
                .build();
    }

    static Json decimal(double value) {
        return new Json.Num(String.format(Locale.ROOT, "%.2f", value));
    }
}
