package io.godwit.provisioning.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.godwit.protocol.record.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hundred thousand histories of replacements, each from a seed of its own; what breaks an invariant prints its seed and
 * its whole story, and {@code -Dgodwit.replacement.seed=N} runs that one again. {@code -Dgodwit.replacement.histories} says
 * how many.
 */
class ReplacementSimulation {
    private static final int HISTORIES = Integer.getInteger("godwit.replacement.histories", 100_000);
    private static final int BUGGY_HISTORIES = 20_000;

    @Test
    void inEveryHistoryOneCardAtMostHasTheSubscription() {
        Long one = Long.getLong("godwit.replacement.seed");
        if (one != null) {
            System.out.println(String.join("\n", story(one, null)));
            check(one, new HashSet<>(), null);
            return;
        }
        long seed = new Random().nextLong();
        Random seeds = new Random(seed);
        Set<Transitions.Transition> steps = new HashSet<>();
        Map<Mode, Map<String, Integer>> outcomes = new EnumMap<>(Mode.class);
        for (int i = 0; i < HISTORIES; i++) {
            check(seeds.nextLong(), steps, outcomes);
        }
        System.out.println("ReplacementSimulation: " + HISTORIES + " histories, outcomes " + outcomes);
        for (Mode mode : Mode.values()) {
            int completed = outcomes.getOrDefault(mode, Map.of()).getOrDefault("completed", 0);
            assertTrue(completed > HISTORIES / 20, "so much trouble that nothing works proves nothing: " + outcomes);
        }
        Set<Transitions.Transition> undeclared = new HashSet<>(steps);
        Transitions.all().forEach(undeclared::remove);
        assertEquals(Set.of(), undeclared, "steps that are not declared");
        if (HISTORIES >= 100_000) {
            Set<Transitions.Transition> unseen = new HashSet<>(Transitions.all());
            unseen.removeAll(steps);
            assertEquals(Set.of(), unseen, "declared steps that no history takes");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void withoutTroubleAReplacementIsCompletedOrNobodyApproved(Mode mode) {
        Set<String> excuses = Set.of("DECLINED", "NOT_APPROVED", "TICKET_EXPIRED");
        for (int i = 0; i < 100; i++) {
            ReplacementWorld world = new ReplacementWorld(i, 0, mode, null, new HashSet<>(), false);
            world.run();
            assertEquals(List.of(), world.faults());
            assertTrue(
                    world.outcomes.stream()
                            .anyMatch(outcome -> outcome.code() == null || excuses.contains(outcome.code())),
                    () -> world.outcomes.toString());
        }
    }

    /** What would not be found if it were there has not been looked for. */
    @ParameterizedTest
    @EnumSource(Bug.class)
    void aPlantedBugIsFound(Bug bug) {
        Random seeds = new Random(bug.name().hashCode());
        for (int i = 0; i < BUGGY_HISTORIES; i++) {
            long seed = seeds.nextLong();
            ReplacementWorld world = world(seed, new HashSet<>(), bug, false);
            world.run();
            if (!world.faults().isEmpty()) {
                System.out.println(
                        bug + " found in history " + i + ": " + world.faults().get(0));
                return;
            }
        }
        fail(bug + " was not found in " + BUGGY_HISTORIES + " histories");
    }

    private static void check(
            long seed, Set<Transitions.Transition> steps, @Nullable Map<Mode, Map<String, Integer>> outcomes) {
        ReplacementWorld world = world(seed, steps, null, false);
        world.run();
        if (!world.faults().isEmpty()) {
            fail("again with -Dgodwit.replacement.seed=" + seed + ": " + world.faults() + "\n"
                    + String.join("\n", story(seed, null)));
        }
        if (outcomes != null) {
            for (Outcome outcome : world.outcomes) {
                outcomes.computeIfAbsent(mode(seed), mode -> new HashMap<>())
                        .merge(outcome.code() == null ? "completed" : outcome.code(), 1, Integer::sum);
            }
        }
    }

    private static List<String> story(long seed, @Nullable Bug bug) {
        ReplacementWorld world = world(seed, new HashSet<>(), bug, true);
        world.run();
        return world.story();
    }

    /** All of a history comes from its seed, how troubled it is too. */
    private static ReplacementWorld world(
            long seed, Set<Transitions.Transition> steps, @Nullable Bug bug, boolean tells) {
        double trouble = 0.02 + 0.25 * new Random(seed).nextDouble();
        return new ReplacementWorld(seed, trouble, mode(seed), bug, steps, tells);
    }

    private static Mode mode(long seed) {
        int of = (int) Math.floorMod(seed, 5L);
        return of < 2 ? Mode.REISSUE : of < 4 ? Mode.PEER : Mode.FORCED;
    }
}
