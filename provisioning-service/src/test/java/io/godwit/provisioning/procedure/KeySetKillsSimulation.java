package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.record.Outcome;
import io.godwit.simulator.card.KeySet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * New keys for the ISD-R, and at every occasion a mishap of those that {@link DownloadKillsSimulation} has; whatever happens, the
 * SM-SR and the card have one key set in common at the end, and where it went through no other is left.
 */
class KeySetKillsSimulation {
    private static final int LARGEST_MESSAGE = 4096;
    private static final Duration VALIDITY = Duration.ofHours(12);

    @Test
    void oneMishapAtAnyOccasionCostsTimeAndNothingElse() {
        int occasions = check(Set.of());
        assertTrue(occasions > 20, "new keys offer more occasions: " + occasions);
        for (int i = 0; i < occasions; i++) {
            check(Set.of(i));
        }
    }

    @Test
    void twoMishapsAtAnyPairOfOccasionsCostTimeAndNothingElse() {
        int occasions = check(Set.of());
        for (int i = 0; i < occasions; i++) {
            for (int j = i + 1; j < occasions + 10; j++) {
                check(Set.of(i, j));
            }
        }
    }

    @Test
    void whereTheTimeIsTooShortTheKeysInUseAreStillOnTheCard() {
        int expired = 0;
        int late = 0;
        for (int millis = 10; millis < 1000; millis += 5) {
            LossyWorld world = LossyWorld.struck(Set.of(), LARGEST_MESSAGE);
            world.runKeySet(Duration.ofMillis(millis));
            ProcedureSimulation.verify(world, "validity " + millis);
            Outcome outcome = outcome(world);
            expired += outcome.status() == Outcome.Status.EXPIRED ? 1 : 0;
            late += outcome.status() == Outcome.Status.EXECUTED_WITH_WARNING ? 1 : 0;
            if (outcome.status() != Outcome.Status.EXPIRED) {
                assertEquals(List.of(2), versions(world), "validity " + millis);
            }
        }
        assertTrue(expired > 20, "few expired: " + expired);
        assertTrue(late > 2, "few expired with the former keys still there: " + late);
    }

    private static int check(Set<Integer> strikes) {
        LossyWorld world = LossyWorld.struck(strikes, LARGEST_MESSAGE);
        Scp80Keys before = world.keys();
        world.runKeySet(VALIDITY);
        String name = "strikes " + new TreeSet<>(strikes);
        ProcedureSimulation.verify(world, name);
        String story = name + "\n" + String.join("\n", world.story);
        assertEquals(Outcome.SUCCEEDED, outcome(world), story);
        assertEquals(2, world.keys().keySetVersion(), story);
        assertTrue(
                !world.keys().kic().equals(before.kic()) && !world.keys().kid().equals(before.kid()), story);
        assertEquals(List.of(2), versions(world), story);
        return world.occasions();
    }

    private static List<Integer> versions(LossyWorld world) {
        return world.card().keySets().stream()
                .map(KeySet::keys)
                .map(Scp80Keys::keySetVersion)
                .toList();
    }

    private static Outcome outcome(LossyWorld world) {
        return world.outcomes.values().iterator().next().get(0);
    }
}
