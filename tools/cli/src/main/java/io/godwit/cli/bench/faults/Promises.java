package io.godwit.cli.bench.faults;

import io.godwit.cli.scenario.CardComparison;
import io.godwit.cli.scenario.OutcomeCounts;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.fleet.CardTruth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold when an order has ended and everything that was killed is back. Each check gives a sentence for each broken
 * promise. Pure.
 */
final class Promises {
    private static final String SUCCESS = "Executed-Success";

    private Promises() {}

    /** One outcome for each of {@code cards} cards, each a success: nothing that was struck stayed away. */
    static List<String> outcomes(int cards, List<Json.Obj> operations, List<Json.Obj> members) {
        List<String> broken = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        for (Json.Obj member : members) {
            if (!answered.add(nid(member))) {
                broken.add("card " + nid(member) + " has two outcomes");
            }
        }
        Map<String, Long> counts = OutcomeCounts.of(members);
        if (!counts.equals(Map.of(SUCCESS, (long) cards))) {
            broken.add(cards + " cards should have succeeded, but outcomes are " + counts);
        }
        long counted = operations.stream()
                .mapToLong(operation -> operation.number("members").orElse(0L))
                .sum();
        if (counted != cards) {
            broken.add("the operation counts " + counted + " members");
        }
        return broken;
    }

    /**
     * A card has changed its profile exactly when its outcome says so, and no command ran twice, told by its counter, nor a
     * package of a group, told by the group's.
     *
     * @param before the enabled ISD-P of each card before the order
     */
    static List<String> cards(Map<Eid, Aid> before, List<CardTruth> cards, List<Json.Obj> members) {
        Map<String, Boolean> succeeded = new HashMap<>();
        for (Json.Obj member : members) {
            succeeded.put(
                    nid(member), OutcomeCounts.of(List.of(member)).keySet().equals(Set.of(SUCCESS)));
        }
        List<String> broken = new ArrayList<>();
        for (CardTruth card : cards) {
            boolean changed = !card.enabledIsdP().equals(before.get(card.eid()));
            String nid = nid(card);
            if (changed != succeeded.getOrDefault(nid, false)) {
                broken.add("card " + nid + (changed ? " has changed" : " has not changed")
                        + " its profile, against its outcome");
            }
        }
        List<String> twice = CardComparison.executedTwice(cards);
        if (!twice.isEmpty()) {
            broken.add("a command was executed twice by " + twice);
        }
        return broken;
    }

    /**
     * No card has acted on more packages of its group than were sent to it.
     *
     * @param commands packages of the order; the group is new, so that all of them are of this order
     */
    static List<String> packages(String gid, long commands, List<CardTruth> cards) {
        List<String> broken = new ArrayList<>();
        for (CardTruth card : cards) {
            long executed = card.recentGroupExecutions().stream()
                    .filter(execution -> execution.gid().value().equals(gid))
                    .count();
            if (executed > commands) {
                broken.add("card " + nid(card) + " has executed " + executed + " packages of " + gid + ", and only "
                        + commands + " were sent");
            }
        }
        return broken;
    }

    /** Every acknowledged message is recorded, as often as it was acknowledged. */
    static List<String> records(Map<String, Long> acknowledged, Map<String, Long> recorded) {
        List<String> missing = acknowledged.entrySet().stream()
                .filter(message -> recorded.getOrDefault(message.getKey(), 0L) < message.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(missing.size() + " of " + acknowledged.size()
                        + " acknowledged messages are not in Kafka, the first with SHA-256 " + missing.get(0));
    }

    /**
     * No subscription is lost and none is on two cards: each is available, or consumed by the card that holds its profile.
     *
     * @param imported how many there were at the beginning
     */
    static List<String> stock(int imported, List<Json.Obj> subscriptions, List<CardTruth> cards) {
        List<String> broken = new ArrayList<>();
        Map<String, String> holders = new HashMap<>();
        for (CardTruth card : cards) {
            for (ProfileState profile : card.profiles()) {
                String other = holders.put(profile.iccid().digits(), nid(card));
                if (other != null) {
                    broken.add("ICCID " + profile.iccid() + " is on the cards " + other + " and " + nid(card));
                }
            }
        }
        if (subscriptions.size() != imported) {
            broken.add("of " + imported + " subscriptions " + subscriptions.size() + " are there");
        }
        for (Json.Obj subscription : subscriptions) {
            String iccid = subscription.text("iccid").orElseThrow();
            String told = subscription.text("state").orElseThrow()
                    + subscription.text("nid").map(nid -> " by " + nid).orElse("");
            String holder = holders.get(iccid);
            String expected = holder == null ? "Available" : "Consumed by " + holder;
            if (!told.equals(expected)) {
                broken.add("subscription " + iccid + " is " + told + ", but by the cards it is " + expected);
            }
        }
        return broken;
    }

    private static String nid(CardTruth card) {
        return card.nid() == null ? card.eid().digits() : card.nid().value();
    }

    private static String nid(Json.Obj member) {
        return member.text("nid").orElseThrow();
    }
}
