package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.IsdP;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A download with its enabling, and at every occasion a mishap: the SM-SR dies before its commit or before it sends, a message
 * is lost, comes twice or late, the device loses its power before a command or between the command and its answer. First one
 * mishap, at each occasion that there is, then two at each pair of them.
 */
class DownloadKillsSimulation {
    private static final int LARGEST_MESSAGE = 1400;
    private static final Duration VALIDITY = Duration.ofHours(12);

    @Test
    void oneMishapAtAnyOccasionCostsTimeAndNothingElse() {
        int occasions = check(Set.of());
        assertTrue(occasions > 40, "a download offers more occasions: " + occasions);
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

    /** Too short for the whole: whatever has been done by then is undone. */
    @Test
    void aDownloadThatExpiresLeavesNothingBehind() {
        int expired = 0;
        for (int millis = 10; millis < 2000; millis += 10) {
            LossyWorld world = LossyWorld.struck(Set.of(), LARGEST_MESSAGE);
            world.runDownload(Duration.ofMillis(millis));
            ProcedureSimulation.verify(world, "validity " + millis);
            expired += outcome(world).status() == Outcome.Status.EXPIRED ? 1 : 0;
        }
        assertTrue(expired > 20, "few expired: " + expired);
    }

    private static int check(Set<Integer> strikes) {
        LossyWorld world = LossyWorld.struck(strikes, LARGEST_MESSAGE);
        world.runDownload(VALIDITY);
        String name = "strikes " + new TreeSet<>(strikes);
        ProcedureSimulation.verify(world, name);
        String story = name + "\n" + String.join("\n", world.story);
        Aid enabled = world.card().isdPs().stream()
                .filter(IsdP::isEnabled)
                .map(IsdP::aid)
                .findFirst()
                .orElseThrow();
        List<IsdP> downloaded = world.card().isdPs().stream()
                .filter(isdP -> isdP.iccid().filter(WorldSmDp.iccid(0)::equals).isPresent())
                .toList();
        Outcome outcome = outcome(world);
        boolean gotIt = downloaded.size() == 1;
        boolean rolledBack = String.valueOf(outcome.code()).matches("ROLLED_BACK|NOT_EXECUTED");
        assertTrue(
                outcome.equals(Outcome.SUCCEEDED) || (rolledBack && gotIt),
                () -> "the download came to " + outcome + "\n" + story);
        if (!rolledBack) {
            assertEquals(downloaded.get(0).aid(), enabled, () -> "another one is enabled\n" + story);
        }
        return world.occasions();
    }

    private static Outcome outcome(LossyWorld world) {
        return world.outcomes.values().iterator().next().get(0);
    }
}
