package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.simulator.card.GroupConfiguration;
import io.godwit.simulator.card.IsdP;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of histories of groups and their cards, each from a seed; the seed of all is printed, run it again with
 * {@code -Dgodwit.seed}.
 */
class GroupSimulation {
    private static final int HISTORIES = 300;

    @Test
    void inEveryHistoryMembersHaveOneOutcomeAndNoCardActsOnWhatIsNotForIt() {
        long seed = Long.getLong("godwit.seed", new Random().nextLong());
        System.out.println("GroupSimulation: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        long successes = 0;
        long byPackage = 0;
        for (int i = 0; i < HISTORIES; i++) {
            double trouble = 0.01 + 0.25 * i / HISTORIES;
            long one = seeds.nextLong();
            GroupWorld world = new GroupWorld(one, trouble);
            world.run(7, 6);
            verify(world, "history " + one + " trouble " + trouble);
            successes += outcomes(world).filter(Outcome.SUCCEEDED::equals).count();
            byPackage += world.witness.executedForGroups();
        }
        System.out.println("GroupSimulation: " + successes + " successes, " + byPackage + " packages executed");
        assertTrue(successes > 8 * HISTORIES, "so much trouble that nothing works proves nothing: " + successes);
        assertTrue(byPackage > 4 * HISTORIES, "so little done by groups' packages proves nothing: " + byPackage);
    }

    @Test
    void withoutTroubleThePackageAloneServesEveryCardThatCanReadIt() {
        for (int i = 0; i < 20; i++) {
            GroupWorld world = new GroupWorld(i, 0);
            world.calm(i);
            verify(world, "calm " + i);
            for (GroupSmSr smSr : world.smSrs.values()) {
                smSr.outcomes
                        .values()
                        .forEach(members -> members.forEach((nid, facts) -> {
                            assertEquals(Outcome.SUCCEEDED, facts.get(0).outcome());
                            assertEquals(
                                    nid.value().equals("plain") ? "B1" : "C1",
                                    facts.get(0).commandedBy());
                        }));
            }
        }
    }

    private static Stream<Outcome> outcomes(GroupWorld world) {
        return world.smSrs.values().stream()
                .flatMap(smSr -> smSr.outcomes.values().stream())
                .flatMap(members -> members.values().stream())
                .flatMap(List::stream)
                .map(Fact.Ended::outcome);
    }

    private static void verify(GroupWorld world, String name) {
        Supplier<String> story = () -> name + "\n" + String.join("\n", world.time.story);
        assertEquals(List.of(), world.witness.faults, story);
        for (GroupSmSr smSr : world.smSrs.values()) {
            for (CardFile file : smSr.files()) {
                assertEquals(List.of(), file.procedures(), () -> "something is still open: " + story.get());
            }
            for (Campaign campaign : smSr.campaigns()) {
                assertEquals(null, campaign.due(), () -> "a campaign is not over: " + campaign + story.get());
            }
            Map<String, Set<Nid>> ended = new TreeMap<>();
            smSr.outcomes.forEach((operation, members) -> {
                ended.put(operation, Set.copyOf(members.keySet()));
                members.forEach((nid, facts) ->
                        assertEquals(1, facts.size(), () -> "several outcomes: " + facts + story.get()));
            });
            Map<String, Set<Nid>> asked = new TreeMap<>(smSr.asked);
            asked.values().removeIf(Set::isEmpty);
            assertEquals(asked, ended, () -> "an outcome is missing: " + story.get());
        }
        world.devices.forEach(device -> verify(world, device, story));
        List<List<IsdP>> before = profiles(world);
        world.deliverEverythingAgain();
        assertEquals(before, profiles(world), story);
        assertEquals(List.of(), world.witness.faults, story);
        Set<Transitions.Transition> undeclared = new HashSet<>(Desk.SEEN);
        undeclared.removeAll(Transitions.all());
        assertEquals(Set.of(), undeclared);
    }

    private static List<List<IsdP>> profiles(GroupWorld world) {
        return world.devices.stream().map(device -> device.card().isdPs()).toList();
    }

    private static void verify(GroupWorld world, GroupDevice device, Supplier<String> story) {
        Card card = device.smSr().file(device.nid()).card();
        Set<String> here = new TreeSet<>();
        device.card().isdPs().forEach(isdP -> here.add(isdP.aid() + " " + isdP.isEnabled() + " " + isdP.fallback()));
        Set<String> inEis = new TreeSet<>();
        card.eis()
                .profiles()
                .forEach(profile -> inEis.add(profile.aid() + " " + profile.isEnabled() + " " + profile.isFallback()));
        String who = device.tenant + "/" + device.nid() + " ";
        assertEquals(here, inEis, () -> who + "the EIS is not the card: " + story.get());
        GroupFleet fleet = Objects.requireNonNull(world.fleets.get(device.tenant));
        Set<String> wanted = new TreeSet<>();
        if (device.card().groups().isPresent()) {
            fleet.of(device.nid())
                    .keySet()
                    .forEach(gid -> wanted.add(device.tenant + " " + gid + " " + fleet.epoch(gid)));
        }
        Set<String> held = new TreeSet<>();
        for (GroupConfiguration group :
                device.card().groups().map(groups -> groups.configurations()).orElse(List.of())) {
            held.add(group.tenant() + " " + group.gid() + " " + group.epoch());
            // An answer that was lost may have raised it further.
            Counter known = card.held(group.gid()).map(HeldGroup::floor).orElseThrow();
            assertTrue(
                    known.compareTo(group.counterFloor()) <= 0
                            && group.counterFloor().compareTo(device.smSr().counter(group.gid())) <= 0,
                    () -> who + "another floor than it can have: " + group + story.get());
        }
        assertEquals(wanted, held, () -> who + "holds other groups than the fleet says: " + story.get());
        assertTrue(
                lastCommanded(device).contains(device.card().enabled().aid()),
                () -> who + "the last commanded state does not stand: " + story.get());
    }

    /** Profiles that may be enabled by what was ordered, in the order of the outcomes. */
    private static Set<Aid> lastCommanded(GroupDevice device) {
        Set<Aid> enabled = new HashSet<>(Set.of(Desk.BOOTSTRAP));
        Set<Aid> fallback = new HashSet<>(Set.of(Desk.BOOTSTRAP));
        for (Fact.Ended fact : device.smSr().endings(device.nid())) {
            boolean certain = fact.outcome().equals(Outcome.SUCCEEDED);
            String code = String.valueOf(fact.outcome().code());
            Set<Aid> target =
                    fact.function().findTarget().map(GroupWorld::aid).stream().collect(Collectors.toSet());
            boolean isChange = fact.function().name() == EsFunction.Name.ENABLE_PROFILE
                    || fact.function().name() == EsFunction.Name.DISABLE_PROFILE;
            boolean isUnsettled = code.equals("EXPIRED_UNSETTLED");
            // Of a member that was silent nobody knows whether the group's package was its command.
            if (!certain && isChange && (isUnsettled || fact.commandedBy() != null)) {
                // Gone back and found no network, or nobody to confirm that: the card falls back.
                enabled.addAll(fallback);
            }
            if (certain || isUnsettled || code.equals("ALREADY_SO")) {
                switch (fact.function().name()) {
                    case ENABLE_PROFILE -> put(enabled, target, certain);
                    case DISABLE_PROFILE -> put(enabled, fallback, certain);
                    case SET_FALLBACK_ATTRIBUTE -> put(fallback, target, certain);
                    case DELETE_PROFILE,
                            MASTER_DELETE,
                            UPDATE_CONNECTIVITY_PARAMETERS,
                            EUICC_CAPABILITY_AUDIT,
                            ESTABLISH_ISDR_KEY_SET,
                            DOWNLOAD_PROFILE,
                            UPDATE_POL1_BY_MNO,
                            UPDATE_POLICY_RULES -> {}
                }
            }
        }
        return enabled;
    }

    private static void put(Set<Aid> possible, Set<Aid> more, boolean certain) {
        if (certain) {
            possible.clear();
        }
        possible.addAll(more);
    }
}
