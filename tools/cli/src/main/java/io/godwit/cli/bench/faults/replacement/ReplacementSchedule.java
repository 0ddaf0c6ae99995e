package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.platform.Installation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * One replacement and what strikes it.
 *
 * @param seed makes the same schedule again
 * @param peer whether the profile goes from card to card; else it is installed anew
 * @param intervention what an operator says in its middle
 * @param strikes in the order of the stages
 */
public record ReplacementSchedule(long seed, boolean peer, Intervention intervention, List<StageStrike> strikes) {
    /** Those at which something is on its way; <i>Agreed</i> passes to <i>Installing</i> within one transaction. */
    private static final List<String> STAGES = List.of("Granted", "Offered", "Installing", "Deleting", "Enabling");

    /** Before it a device that has lost its power has forgotten what it asked for, and asks again, as a person would. */
    private static final int FIRST_FOR_DEVICES = STAGES.indexOf("Installing");

    private static final int STRIKES = 3;
    private static final int LONGEST_MILLIS = 3_000;

    private static final String INSTALLING = "Installing";

    /** So long the devices are away at least where an operator's word is to come before the profile is on the new card. */
    private static final int LEAST_AWAY_MILLIS = 1_000;

    public ReplacementSchedule {
        strikes = List.copyOf(strikes);
    }

    /**
     * A strike at each of three stages, each at something else: what was killed may be starting yet when the next one
     * comes. Even seeds are replacements from card to card. Of eight seeds in a row two are cancelled, and in two the old card is
     * given up: there all devices lose their power at <i>Installing</i>, and the last strike comes on the way back.
     *
     * @param targets what may be struck at the same moment; three of them have nothing in common, two of which are no devices
     */
    public static ReplacementSchedule of(long seed, List<List<String>> targets) {
        // Neighbouring seeds give Random nearly the same first numbers: each schedule would spare the same stage.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        Intervention intervention = intervention(seed);
        return new ReplacementSchedule(
                seed,
                isPeer(seed),
                intervention,
                intervention == Intervention.NONE
                        ? forward(targets, random)
                        : turned(isPeer(seed), intervention, targets, random));
    }

    private static boolean isPeer(long seed) {
        return seed % 2 == 0;
    }

    private static Intervention intervention(long seed) {
        return switch ((int) Math.floorMod(seed / 2, 4L)) {
            case 2 -> Intervention.CANCEL;
            case 3 -> Intervention.FORCE;
            default -> Intervention.NONE;
        };
    }

    private static List<StageStrike> forward(List<List<String>> targets, Random random) {
        List<Integer> stages = new ArrayList<>();
        for (int stage = 0; stage < STAGES.size(); stage++) {
            stages.add(stage);
        }
        Collections.shuffle(stages, random);
        List<StageStrike> strikes = new ArrayList<>();
        Set<String> struck = new HashSet<>();
        for (int stage : stages.subList(0, STRIKES).stream().sorted().toList()) {
            List<String> victims = victims(stage, targets, struck, random);
            struck.addAll(victims);
            strikes.add(new StageStrike(STAGES.get(stage), victims, random.nextInt(LONGEST_MILLIS)));
        }
        return strikes;
    }

    private static List<StageStrike> turned(
            boolean peer, Intervention intervention, List<List<String>> targets, Random random) {
        Set<String> struck = new HashSet<>(Set.of(Fault.DEVICES));
        List<StageStrike> strikes = new ArrayList<>();
        int early = random.nextInt(FIRST_FOR_DEVICES);
        // An operator's word has to come in time, by REST.
        List<List<String>> others = targets.stream()
                .filter(target -> !target.contains(Installation.REGISTRY))
                .toList();
        List<String> first = victims(early, others, struck, random);
        strikes.add(new StageStrike(STAGES.get(early), first, random.nextInt(LONGEST_MILLIS)));
        struck.addAll(first);
        strikes.add(new StageStrike(
                INSTALLING,
                List.of(Fault.DEVICES),
                LEAST_AWAY_MILLIS + random.nextInt(LONGEST_MILLIS - LEAST_AWAY_MILLIS)));
        List<String> back = back(peer, intervention);
        strikes.add(new StageStrike(
                back.get(random.nextInt(back.size())),
                victims(FIRST_FOR_DEVICES, targets, struck, random),
                random.nextInt(LONGEST_MILLIS)));
        return strikes;
    }

    /** The stages behind an operator's word at which something is on its way. */
    private static List<String> back(boolean peer, Intervention intervention) {
        if (intervention == Intervention.FORCE) {
            return List.of("Withdrawing", INSTALLING);
        }
        return peer ? List.of("Withdrawing", "Restoring") : List.of("Withdrawing");
    }

    private static List<String> victims(int stage, List<List<String>> targets, Set<String> struck, Random random) {
        List<List<String>> possible = targets.stream()
                .filter(target -> stage >= FIRST_FOR_DEVICES || !target.contains(Fault.DEVICES))
                .filter(target -> Collections.disjoint(target, struck))
                .toList();
        return possible.get(random.nextInt(possible.size()));
    }

    /** For people: the strikes, in their order. */
    String describe() {
        return strikes.stream().map(StageStrike::describe).collect(Collectors.joining("; "));
    }

    /** For people: the mode as in an approval, and what an operator says. */
    String kind() {
        return (peer ? "peer" : "reissue") + intervention.words();
    }
}
