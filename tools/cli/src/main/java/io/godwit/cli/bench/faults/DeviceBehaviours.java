package io.godwit.cli.bench.faults;

import io.godwit.cli.scenario.OrderMode;
import io.godwit.protocol.Nid;
import io.godwit.simulator.FleetProcess;
import io.godwit.simulator.device.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How the devices of a run behave. Most take their time, each another, so that an order is long enough to be struck at every
 * step; some lose an answer, say it twice, or lose their power between the card's work and their answer.
 */
final class DeviceBehaviours {
    private static final int SLOWEST_MILLIS_A_STRIKE = 3_000;

    /** A download asks five times more often. */
    private static final int SLOWEST_MILLIS_OF_DOWNLOADS = 1_500;

    private static final int STEPS = 25;

    private static final Duration STEP = Duration.ofMillis(1_500);

    private final Map<Behaviour, List<Nid>> behaviours = new LinkedHashMap<>();

    private DeviceBehaviours() {}

    /** All alike, each answer after the same time: so long is a step of the order, and no device is ahead of another. */
    static DeviceBehaviours steady(List<Nid> nids) {
        DeviceBehaviours steady = new DeviceBehaviours();
        steady.behaviours.put(new Behaviour.Slow(STEP), nids);
        return steady;
    }

    /** @param strikes how often the order is to be struck: the more, the longer it lasts */
    DeviceBehaviours(long seed, List<Nid> nids, OrderMode mode, int strikes) {
        int slowest = mode == OrderMode.DOWNLOAD ? SLOWEST_MILLIS_OF_DOWNLOADS : strikes * SLOWEST_MILLIS_A_STRIKE;
        Random random = new Random(seed);
        for (Nid nid : nids) {
            behaviours
                    .computeIfAbsent(behaviour(random, slowest), key -> new ArrayList<>())
                    .add(nid);
        }
    }

    /** To be repeated when the devices have booted: they forget it with their power. */
    void playedBy(FleetProcess fleet) {
        behaviours.forEach((behaviour, nids) -> fleet.play(nids, behaviour));
    }

    private static Behaviour behaviour(Random random, int slowest) {
        return switch (random.nextInt(10)) {
            case 0 -> new Behaviour.LosesAnswers(1);
            case 1 -> new Behaviour.DoublesAnswers();
            case 2 -> new Behaviour.RebootsBeforeAnswering(1);
            default -> new Behaviour.Slow(Duration.ofMillis((long) random.nextInt(STEPS) * slowest / STEPS));
        };
    }
}
