package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.card.IsdP;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Hundreds of histories of one card each, from a seed that is printed; run one again with {@code -Dgodwit.seed}. */
class ProcedureSimulation {
    private static final int HISTORIES = 300;

    @Test
    void inEveryHistoryEachOrderHasOneOutcomeAndTheEisEqualsTheCard() {
        long seed = Long.getLong("godwit.seed", new Random().nextLong());
        System.out.println("ProcedureSimulation: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        int successes = 0;
        for (int i = 0; i < HISTORIES; i++) {
            successes += check(seeds.nextLong(), 0.02 + 0.2 * i / HISTORIES);
        }
        assertTrue(successes > HISTORIES, "so much trouble that nothing works proves nothing: " + successes);
    }

    @Test
    void withoutTroubleEverythingSucceeds() {
        for (int i = 0; i < 20; i++) {
            LossyWorld world = new LossyWorld(i, 0);
            world.run(6);
            verify(world, "calm " + i);
            assertEquals(
                    List.of(),
                    world.outcomes.values().stream()
                            .flatMap(List::stream)
                            .filter(outcome -> outcome.status() == Outcome.Status.FAILED
                                    && !String.valueOf(outcome.code()).startsWith("IS_"))
                            .toList());
        }
    }

    @Test
    void inEveryHistoryADownloadEndsWithAWholeProfileOrWithNothing() {
        long seed = Long.getLong("godwit.seed", new Random().nextLong());
        System.out.println("ProcedureSimulation, downloads: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        int successes = 0;
        for (int i = 0; i < HISTORIES; i++) {
            double trouble = 0.02 + 0.2 * i / HISTORIES;
            long one = seeds.nextLong();
            LossyWorld world = LossyWorld.withDownloads(one, trouble, i % 2 == 0 ? 1024 : 4096);
            successes += check(world, "downloads " + one + " trouble " + trouble);
        }
        assertTrue(successes > HISTORIES, "so much trouble that nothing works proves nothing: " + successes);
    }

    @Test
    void inEveryHistoryEachTicketHasOneOutcomeQuotasHoldAndNothingBeginsInQuietHours() {
        long seed = Long.getLong("godwit.seed", new Random().nextLong());
        System.out.println("ProcedureSimulation, requests: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        int tickets = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long one = seeds.nextLong();
            double trouble = 0.02 + 0.2 * i / HISTORIES;
            LossyWorld world = LossyWorld.withRequests(one, trouble);
            String name = "requests " + one + " trouble " + trouble;
            check(world, name);
            AskingWorld asked = world.asking().orElseThrow();
            asked.checkQuotas(name + "\n" + String.join("\n", world.story));
            tickets += asked.tickets.size();
        }
        assertTrue(tickets > HISTORIES, "so few tickets prove nothing: " + tickets);
    }

    private static int check(long seed, double trouble) {
        return check(new LossyWorld(seed, trouble), "history " + seed + " trouble " + trouble);
    }

    private static int check(LossyWorld world, String name) {
        world.run(6);
        verify(world, name);
        return (int) world.outcomes.values().stream()
                .flatMap(List::stream)
                .filter(Outcome.SUCCEEDED::equals)
                .count();
    }

    static void verify(LossyWorld world, String name) {
        String story = name + "\n" + String.join("\n", world.story);
        assertEquals(List.of(), world.file().procedures(), () -> "something is still open: " + story);
        assertEquals(world.ordered, world.outcomes.keySet(), () -> "an order has no outcome: " + story);
        for (List<Outcome> outcomes : world.outcomes.values()) {
            assertEquals(1, outcomes.size(), () -> "an order has several outcomes: " + story);
        }
        for (UUID procedure : world.executions().keySet()) {
            assertEquals(1, world.executions().get(procedure), () -> "executed twice: " + procedure + " " + story);
        }
        assertTrue(
                world.card().keySets().get(0).keys().equals(world.keys()),
                () -> "the card is not in the SM-SR's hands: " + story);
        Eis eis = world.file().card().eis();
        Set<String> here = new HashSet<>();
        for (IsdP isdP : world.card().isdPs()) {
            assertTrue(isdP.state().holdsProfile(), () -> "an ISD-P without a profile is left: " + story);
            here.add(isdP.aid() + " " + isdP.iccid() + " " + isdP.isEnabled() + " " + isdP.fallback());
        }
        Set<String> known = new HashSet<>();
        for (Profile profile : eis.profiles()) {
            known.add(profile.aid() + " " + Optional.of(profile.state().iccid()) + " "
                    + (profile.state().state() == ProfileState.State.ENABLED) + " " + profile.isFallback());
        }
        assertEquals(here, known, () -> "the EIS is not the card: " + story);
        Set<Transitions.Transition> undeclared = new HashSet<>(Desk.SEEN);
        undeclared.removeAll(Transitions.all());
        assertEquals(Set.of(), undeclared);
    }
}
