package io.godwit.provisioning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.provisioning.campaign.CampaignDecision.Effect;
import io.godwit.provisioning.procedure.GroupCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CampaignTest {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final UUID ID = UUID.fromString("0b6c7a52-52c5-4a3f-9a3a-6d0a52f1c004");

    private Instant now = START;
    private Campaign campaign = open(CampaignPlan.DEFAULT, true);
    private List<Effect> effects = List.of();

    @Test
    void aTriggerOnceAllMembersWaitAndACommandOnceAllHaveAnswered() {
        look(census(10).expanding());
        assertEquals(Stage.GATHERING, campaign.stage());
        look(census(10).summoned(10));
        assertEquals(List.of(Effect.TRIGGER), effects);
        look(census(10).summoned(3).ready(7));
        assertEquals(List.of(), effects);
        look(census(10).ready(10));
        assertEquals(List.of(Effect.COMMAND, Effect.WAKE), effects);
        assertTrue(campaign.course().commanded());
        look(census(10).succeeded(9).failed(1));
        assertEquals(Stage.COMPLETED, campaign.stage());
        assertNull(campaign.due());
    }

    @Test
    void whoDoesNotAnswerTheTriggerKeepsNobodyWaitingForLong() {
        look(census(10).summoned(10));
        now = now.plus(Campaign.TRIGGER_WINDOW);
        look(census(10).summoned(1).ready(9));
        assertEquals(List.of(Effect.COMMAND, Effect.WAKE), effects);
    }

    @Test
    void membersBehindOtherOrdersAreWaitedForAsLongAsAnAnswerWould() {
        look(census(10).summoned(8).queued(2));
        assertEquals(Stage.GATHERING, campaign.stage());
        now = now.plus(CampaignPlan.DEFAULT.answerWindow());
        look(census(10).summoned(8).queued(2));
        assertEquals(List.of(Effect.TRIGGER), effects);
    }

    @Test
    void whereNobodyCanBeReachedNoMessageGoesOut() {
        look(census(10));
        assertEquals(List.of(Effect.WAKE), effects);
        assertEquals(Stage.COMMANDED, campaign.stage());
        assertEquals(0, campaign.published().triggers());
    }

    @Test
    void anEmptyGroupIsDoneAtOnce() {
        look(census(0));
        assertEquals(Stage.COMPLETED, campaign.stage());
        assertEquals(List.of(), effects);
    }

    @Test
    void aSpokesmansRequestNeedsNoTrigger() {
        campaign = open(CampaignPlan.DEFAULT, false);
        look(census(10).summoned(10));
        assertEquals(List.of(Effect.COMMAND, Effect.WAKE), effects);
    }

    @Test
    void theCanaryIsWaitedFor() {
        campaign = open(new CampaignPlan(2, 50, Duration.ofSeconds(30)), true);
        look(census(10).summoned(10));
        look(census(10).ready(10));
        assertEquals(List.of(Effect.COMMAND_CANARY), effects);
        campaign = campaign.commanded(sent(1, true), Set.of(new Nid("a"), new Nid("b")));
        assertFalse(campaign.course().commanded());
        look(census(10).ready(8).canaryOpen(2));
        assertEquals(List.of(), effects);
        look(census(10).ready(8).succeeded(2));
        assertEquals(List.of(Effect.COMMAND, Effect.WAKE), effects);
        campaign = campaign.commanded(sent(2, false), Set.of());
        assertEquals(2, campaign.course().packages().size());
        assertEquals(Set.of(new Nid("a"), new Nid("b")), campaign.canary());
        assertEquals(
                1,
                campaign.course()
                        .packageFor(new Nid("a"))
                        .orElseThrow()
                        .counter()
                        .value());
        assertEquals(
                2,
                campaign.course()
                        .packageFor(new Nid("c"))
                        .orElseThrow()
                        .counter()
                        .value());
    }

    @Test
    void aFailedCanaryStopsIt() {
        campaign = open(new CampaignPlan(2, 40, Duration.ofSeconds(30)), true);
        look(census(10).summoned(10));
        look(census(10).ready(10));
        campaign = campaign.commanded(sent(1, true), Set.of(new Nid("a"), new Nid("b")));
        look(census(10).ready(8).succeeded(1).failed(1));
        assertEquals(Stage.STOPPED, campaign.stage());
        assertEquals(List.of(Effect.WAKE), effects);
        assertEquals("STOPPED", ended(campaign).code());
    }

    @Test
    void theFirstFailureOfManyStopsNothingAndTooLargeAShareDoes() {
        campaign = open(new CampaignPlan(0, 20, Duration.ofSeconds(30)), true);
        look(census(100).summoned(100));
        look(census(100).ready(100));
        look(census(100).failed(1));
        assertEquals(Stage.COMMANDED, campaign.stage());
        look(census(100).failed(4).succeeded(16));
        assertEquals(Stage.COMMANDED, campaign.stage());
        look(census(100).failed(4).expired(1).succeeded(16));
        assertEquals(Stage.STOPPED, campaign.stage());
        look(census(100).failed(84).succeeded(16));
        assertEquals(Stage.STOPPED, campaign.stage());
        assertNull(campaign.due());
    }

    @Test
    void aPausedOneDoesNothingUntilItIsResumed() {
        steer(Steering.PAUSE);
        assertEquals("Paused", campaign.literal());
        look(census(10).summoned(10));
        assertEquals(List.of(), effects);
        steer(Steering.PAUSE);
        assertEquals(List.of(), effects);
        steer(Steering.RESUME);
        assertEquals(List.of(Effect.WAKE), effects);
        look(census(10).summoned(10));
        assertEquals(List.of(Effect.TRIGGER), effects);
    }

    @Test
    void aCancelledOneCommandsNobodyAndEndsWithItsMembers() {
        steer(Steering.CANCEL);
        assertEquals(List.of(Effect.WAKE), effects);
        assertEquals("CANCELLED", ended(campaign).code());
        look(census(10).summoned(10));
        assertEquals(List.of(), effects);
        assertNotNull(campaign.due());
        look(census(10).failed(10));
        assertEquals(Stage.CANCELLED, campaign.stage());
        assertNull(campaign.due());
        steer(Steering.RESUME);
        assertEquals(Stage.CANCELLED, campaign.stage());
    }

    @Test
    void pausedOrNotItIsOverWhenAllHaveTheirOutcome() {
        look(census(10).summoned(10));
        steer(Steering.PAUSE);
        look(census(10).expired(10));
        assertEquals(Stage.COMPLETED, campaign.stage());
        assertEquals("Completed", campaign.literal());
    }

    @Test
    void theShorterListIsTaken() {
        Map<Nid, Eid> members = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            members.put(new Nid("n" + i), eid(i));
        }
        assertInstanceOf(
                Selection.Everybody.class,
                Choice.of(ID, members, List.of(), Integer.MAX_VALUE).selection());
        Choice except = Choice.of(ID, members, List.of(eid(20)), Integer.MAX_VALUE);
        assertEquals(new Selection.Except(Set.of(MemberMark.of(ID, eid(20)))), except.selection());
        assertEquals(members.keySet(), except.chosen());
        Choice canary = Choice.of(ID, members, List.of(), 2);
        assertEquals(Set.of(new Nid("n0"), new Nid("n1")), canary.chosen());
        assertEquals(
                new Selection.Only(Set.of(MemberMark.of(ID, eid(0)), MemberMark.of(ID, eid(1)))), canary.selection());
        Choice few = Choice.of(ID, Map.of(new Nid("n0"), eid(0)), List.of(eid(1), eid(2)), Integer.MAX_VALUE);
        assertEquals(new Selection.Only(Set.of(MemberMark.of(ID, eid(0)))), few.selection());
    }

    private static io.godwit.protocol.record.Outcome ended(Campaign campaign) {
        io.godwit.protocol.record.Outcome ended = campaign.course().ended();
        assertNotNull(ended);
        return ended;
    }

    private static Eid eid(int index) {
        return Eid.withCheckDigits("89049032" + String.format(Locale.ROOT, "%022d", index));
    }

    private static Campaign open(CampaignPlan plan, boolean triggers) {
        return Campaign.open(
                ID.toString(),
                new Gid("meters"),
                new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null),
                plan,
                triggers,
                START,
                START.plus(Duration.ofHours(1)));
    }

    private static GroupCourse.SentPackage sent(long counter, boolean canaryOnly) {
        return new GroupCourse.SentPackage(new Counter(counter), Octets.fromHex("ab".repeat(32)), START, canaryOnly);
    }

    private void look(Count count) {
        take(campaign.look(count.census, now));
    }

    private void steer(Steering steering) {
        take(campaign.steer(steering, now));
    }

    private void take(CampaignDecision decision) {
        campaign = decision.next();
        effects = decision.effects();
    }

    private static Count census(long members) {
        return new Count(new Census(members, false, 0, 0, 0, 0, 0, 0, 0));
    }

    /** A census in the making. */
    private record Count(Census census) {
        Count expanding() {
            return new Count(new Census(census.members(), true, 0, 0, 0, 0, 0, 0, 0));
        }

        Count queued(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    n,
                    census.summoned(),
                    census.ready(),
                    census.succeeded(),
                    census.failed(),
                    census.expired(),
                    census.canaryOpen()));
        }

        Count summoned(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    n,
                    census.ready(),
                    census.succeeded(),
                    census.failed(),
                    census.expired(),
                    census.canaryOpen()));
        }

        Count ready(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    census.summoned(),
                    n,
                    census.succeeded(),
                    census.failed(),
                    census.expired(),
                    census.canaryOpen()));
        }

        Count succeeded(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    census.summoned(),
                    census.ready(),
                    n,
                    census.failed(),
                    census.expired(),
                    census.canaryOpen()));
        }

        Count failed(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    census.summoned(),
                    census.ready(),
                    census.succeeded(),
                    n,
                    census.expired(),
                    census.canaryOpen()));
        }

        Count expired(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    census.summoned(),
                    census.ready(),
                    census.succeeded(),
                    census.failed(),
                    n,
                    census.canaryOpen()));
        }

        Count canaryOpen(long n) {
            return new Count(new Census(
                    census.members(),
                    false,
                    census.queued(),
                    census.summoned(),
                    census.ready(),
                    census.succeeded(),
                    census.failed(),
                    census.expired(),
                    n));
        }
    }
}
