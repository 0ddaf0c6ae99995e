package io.godwit.cli.bench.replacement;

import io.godwit.cli.bench.faults.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Processes that are killed when a replacement has come to a stage.
 *
 * @param stage as REST tells it
 * @param victims components, or {@link Fault#DEVICES}
 * @param downMillis after which they are started anew
 */
public record StageStrike(String stage, List<String> victims, long downMillis) {
    /** Those at which something is on its way; before them a device that forgets what it asked for asks again, as a person would. */
    private static final List<String> STAGES = List.of("Granted", "Installing", "Deleting", "Enabling");

    private static final int LONGEST_MILLIS = 3_000;

    public StageStrike {
        victims = List.copyOf(victims);
    }

    /** A strike at each of three stages; the same seed makes the same ones. */
    public static List<StageStrike> schedule(long seed, List<List<String>> targets) {
        Random random = new Random(seed);
        int spared = random.nextInt(STAGES.size());
        List<StageStrike> strikes = new ArrayList<>();
        for (int stage = 0; stage < STAGES.size(); stage++) {
            List<String> victims = targets.get(random.nextInt(targets.size()));
            int down = random.nextInt(LONGEST_MILLIS);
            boolean tooEarly = stage == 0 && victims.contains(Fault.DEVICES);
            if (stage != spared && !tooEarly) {
                strikes.add(new StageStrike(STAGES.get(stage), victims, down));
            }
        }
        return strikes;
    }
}
