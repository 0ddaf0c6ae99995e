package io.godwit.cli.bench.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One strike in a run: what is killed at the same moment, and when.
 *
 * @param victims the components that get SIGKILL; {@link #DEVICES} are all devices at once
 * @param at how far the order has come then: the part of its messages that devices have published, 0 to 1
 * @param downMillis until the victims are started again
 */
public record Fault(List<String> victims, double at, long downMillis) {
    /** All devices at once lose their power. */
    public static final String DEVICES = "devices";

    private static final int MAX_DOWN_MILLIS = 2_000;

    public Fault {
        victims = List.copyOf(victims);
    }

    /**
     * {@code count} strikes from {@code seed}, one somewhere in each {@code count}th of the order.
     *
     * @param targets what may be struck at the same moment; each has its turn before one has a second
     */
    public static List<Fault> schedule(long seed, int count, List<List<String>> targets) {
        return schedules(seed, 1, count, targets).get(0);
    }

    /** Such a schedule for each of {@code orders} orders; a target has its second turn when each has had its first in one of them. */
    public static List<List<Fault>> schedules(long seed, int orders, int count, List<List<String>> targets) {
        Random random = new Random(seed);
        List<List<Fault>> schedules = new ArrayList<>();
        List<List<String>> turn = new ArrayList<>();
        while (schedules.size() < orders) {
            List<Fault> faults = new ArrayList<>();
            while (faults.size() < count) {
                if (turn.isEmpty()) {
                    turn.addAll(targets);
                    Collections.shuffle(turn, random);
                }
                double at = (faults.size() + random.nextDouble()) / count;
                faults.add(new Fault(turn.remove(0), at, random.nextInt(MAX_DOWN_MILLIS)));
            }
            schedules.add(faults);
        }
        return schedules;
    }

    /**
     * For each of {@code steps} steps of an order and each target one strike, to be carried out in a run of its own; shuffled by
     * {@code seed}, so that who stops early has seen some of each.
     *
     * @param steps messages that a device publishes for an order; before the first one, and behind each but the last
     */
    public static List<Fault> everyStep(long seed, int steps, List<List<String>> targets) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (List<String> target : targets) {
                faults.add(new Fault(target, (double) step / steps, random.nextInt(MAX_DOWN_MILLIS)));
            }
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    /** The victims in words. */
    public String name() {
        return String.join(" + ", victims);
    }
}
