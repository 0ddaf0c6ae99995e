package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Fault;
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
 * @param strikes in the order of the stages
 */
public record ReplacementSchedule(long seed, boolean peer, List<StageStrike> strikes) {
    /** Those at which something is on its way; <i>Agreed</i> passes to <i>Installing</i> within one transaction. */
    private static final List<String> STAGES = List.of("Granted", "Offered", "Installing", "Deleting", "Enabling");

    /** Before it a device that has lost its power has forgotten what it asked for, and asks again, as a person would. */
    private static final int FIRST_FOR_DEVICES = STAGES.indexOf("Installing");

    private static final int STRIKES = 3;
    private static final int LONGEST_MILLIS = 3_000;

    public ReplacementSchedule {
        strikes = List.copyOf(strikes);
    }

    /**
     * A strike at each of three stages, each at something else: what was killed may be starting yet when the next one
     * comes. Even seeds are replacements from card to card.
     *
     * @param targets what may be struck at the same moment; three of them have nothing in common, two of which are no devices
     */
    public static ReplacementSchedule of(long seed, List<List<String>> targets) {
        // Neighbouring seeds give Random nearly the same first numbers: each schedule would spare the same stage.
        Random random = new Random(new SplittableRandom(seed).nextLong());
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
        return new ReplacementSchedule(seed, seed % 2 == 0, strikes);
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

    /** As in an approval. */
    String mode() {
        return peer ? "peer" : "reissue";
    }
}
