package io.godwit.cli.bench.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One kill in a run.
 *
 * @param victim the component that gets SIGKILL, or {@link #DEVICES}
 * @param afterMillis since the order or the previous restart
 * @param downMillis until the victim is started again
 */
public record Fault(String victim, long afterMillis, long downMillis) {
    /** All devices at once lose their power. */
    public static final String DEVICES = "devices";

    private static final int MAX_WAIT_MILLIS = 2_500;
    private static final int MAX_DOWN_MILLIS = 2_000;

    /** {@code kills} faults from {@code seed}; each of {@code victims} has its turn before one has a second. */
    public static List<Fault> schedule(long seed, int kills, List<String> victims) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        List<String> turn = new ArrayList<>();
        while (faults.size() < kills) {
            if (turn.isEmpty()) {
                turn.addAll(victims);
                Collections.shuffle(turn, random);
            }
            faults.add(new Fault(turn.remove(0), random.nextInt(MAX_WAIT_MILLIS), random.nextInt(MAX_DOWN_MILLIS)));
        }
        return faults;
    }
}
