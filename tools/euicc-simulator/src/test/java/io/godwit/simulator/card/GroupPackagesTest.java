package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.BOOTSTRAP;
import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.NOBODY;
import static io.godwit.simulator.card.TestCards.SECOND;
import static io.godwit.simulator.card.TestGroups.sound;
import static io.godwit.simulator.card.TestGroups.statuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a card obeys as a member of a group, what it does not, and how it answers: a test for each rule. */
class GroupPackagesTest {
    private static final MemberMark SOMEBODY =
            MemberMark.of(TestGroups.CAMPAIGN, new Eid("89049032123451234512345678901332"));

    private final TestSmSr smSr = TestGroups.member();

    private CardState state() {
        return smSr.card().state();
    }

    private Counter floor() {
        return state().groups()
                .orElseThrow()
                .find(TestGroups.TENANT, TestGroups.GID)
                .orElseThrow()
                .counterFloor();
    }

    private void assertSilent(TestGroups wrong) {
        assertSilent(wrong.sign());
    }

    private void assertSilent(Octets groupPackage) {
        EuiccCard before = smSr.card();
        assertEquals(new CardStep(before, Optional.empty(), false), before.receiveGroupPackage(groupPackage));
    }

    @Test
    void aMemberObeysAndAnswersUnderItsOwnKeys() {
        GroupAnswer answer = smSr.give(sound().sign()).orElseThrow();
        assertEquals(Optional.of(FIRST), answer.isdP());
        assertEquals(List.of("9000"), statuses(answer));
        assertEquals(FIRST, state().enabled().aid());
        assertEquals(new Counter(1), floor());
        assertTrue(smSr.refreshAsked());
    }

    @Test
    void anEnabledProfileIsNotifiedConfirmedAndRolledBackAsAfterACommand() {
        smSr.give(sound().sign());
        assertTrue(smSr.notification().isEmpty(), "not before the REFRESH");
        smSr.reboot();
        assertEquals(
                NotificationType.PROFILE_CHANGE_SUCCEEDED,
                smSr.notification().orElseThrow().type());
        TestSmSr rolledBack = new TestSmSr(smSr.card());
        rolledBack.take(rolledBack.card().timerExpired());
        assertEquals(BOOTSTRAP, rolledBack.card().state().enabled().aid());
        assertTrue(rolledBack.refreshAsked());

        smSr.send(new NotificationConfirmation(smSr.notification().orElseThrow().sequence()));
        assertTrue(smSr.notification().isEmpty());
        assertFalse(smSr.card().awaitsConfirmation());
    }

    @Test
    void aCardWithoutTheExtensionKnowsNothingOfGroups() {
        TestSmSr without = new TestSmSr(TestCards.fresh());
        assertEquals("6A80", without.send(TestGroups.join()));
        EuiccCard before = without.card();
        assertEquals(new CardStep(before, Optional.empty(), false), before.receiveGroupPackage(sound().sign()));
    }

    @Test
    void aPackageOfAnotherTenantOrGroupIsNotObeyed() {
        assertSilent(sound().of(new TenantId("other")));
        assertSilent(sound().of(new Gid("meters")));
    }

    @Test
    void aGroupOfTheSameNameOfAnotherTenantIsAnotherGroup() {
        smSr.send(new GroupCommand.Join(
                new TenantId("other"), TestGroups.GID, 3, Counter.ZERO, TestGroups.STRANGER.publicKey()));
        assertSilent(sound().of(new TenantId("other")));
        assertSilent(sound().by(TestGroups.STRANGER));
        assertTrue(smSr.give(sound().audit()
                        .of(new TenantId("other"))
                        .by(TestGroups.STRANGER)
                        .sign())
                .isPresent());
        assertEquals(Counter.ZERO, floor());
    }

    @Test
    void aPackageOfAnotherEpochIsNotObeyed() {
        assertSilent(sound().inEpoch(2));
        assertSilent(sound().inEpoch(4));
    }

    @Test
    void aPackageOfAnotherKeyIsNotObeyed() {
        assertSilent(sound().by(TestGroups.STRANGER));
    }

    @Test
    void aPackageThatIsChangedOrNoneIsNotObeyed() {
        Octets signed = sound().sign();
        byte[] changed = signed.toBytes();
        changed[signed.length() - 1] ^= 1;
        assertSilent(Octets.of(changed));
        assertSilent(signed.plus(Octets.ofInts(0)));
        assertSilent(Octets.EMPTY);
    }

    @Test
    void aPackageForOthersIsNotObeyed() {
        assertSilent(sound().only(SOMEBODY));
        assertSilent(sound().only());
        assertSilent(sound().except(TestGroups.MARK));
        assertSilent(sound().only(TestGroups.MARK).in(new UUID(3, 4)));
        assertTrue(smSr.give(sound().audit().only(TestGroups.MARK, SOMEBODY).sign())
                .isPresent());
        assertTrue(
                smSr.give(sound().audit().counting(2).except(SOMEBODY).sign()).isPresent());
    }

    @Test
    void anOldCounterIsNotObeyed() {
        assertSilent(sound().counting(0));
        smSr.give(sound().audit().counting(7).sign());
        assertSilent(sound().counting(7));
        assertSilent(sound().counting(6));
        assertSilent(sound().audit().counting(7).sign());
        assertTrue(smSr.give(sound().audit().counting(8).sign()).isPresent());
    }

    @Test
    void theLastCounterIsTheLast() {
        smSr.give(sound().audit().counting(Counter.MAX.value()).sign());
        assertSilent(sound().counting(Counter.MAX.value()));
    }

    @Test
    void aRefusedFunctionIsAnsweredAndOldFromThenOn() {
        Octets bootstrap = sound().to(GroupFunction.DISABLE_PROFILE, new GroupTarget.ByAid(BOOTSTRAP))
                .sign();
        GroupAnswer answer = smSr.give(bootstrap).orElseThrow();
        assertEquals(List.of("6985"), statuses(answer));
        assertEquals(Optional.of(BOOTSTRAP), answer.isdP());
        assertEquals(new Counter(1), floor());
        assertSilent(bootstrap);
    }

    @Test
    void policyOnTheCardCountsAsForACommand() {
        TestSmSr barred = TestGroups.member(TestCards.fresh(new Pol1(2)));
        GroupAnswer answer = barred.give(sound().to(GroupFunction.DELETE_PROFILE, new GroupTarget.ByAid(FIRST))
                        .sign())
                .orElseThrow();
        assertEquals(List.of("69E1"), statuses(answer));
    }

    @Test
    void theTargetIsTheOneProfileOfItsType() {
        GroupAnswer answer = smSr.give(
                        sound().to(GroupFunction.ENABLE_PROFILE, new GroupTarget.ByProfileType("operational"))
                                .sign())
                .orElseThrow();
        assertEquals(Optional.of(SECOND), answer.isdP());
        assertEquals(SECOND, state().enabled().aid());
    }

    @Test
    void theTargetIsTheOneProfileWhoseIccidIsListed() {
        Iccid elsewhere = Iccid.withCheckDigit("8900012345678901999");
        GroupAnswer answer = smSr.give(sound().to(
                                GroupFunction.ENABLE_PROFILE,
                                new GroupTarget.ByIccids(List.of(
                                        elsewhere,
                                        state().isdP(SECOND)
                                                .flatMap(IsdP::iccid)
                                                .orElseThrow())))
                        .sign())
                .orElseThrow();
        assertEquals(Optional.of(SECOND), answer.isdP());
    }

    @Test
    void noTargetAndSeveralAreRefusedAndUseUpTheCounter() {
        List<Iccid> two = List.of(
                state().isdP(FIRST).flatMap(IsdP::iccid).orElseThrow(),
                state().isdP(SECOND).flatMap(IsdP::iccid).orElseThrow());
        List<GroupTarget> aimless = List.of(
                new GroupTarget.ByAid(NOBODY),
                new GroupTarget.ByProfileType("testing"),
                new GroupTarget.ByProfileType("Operational"),
                new GroupTarget.ByIccids(two),
                new GroupTarget.ByIccids(List.of(Iccid.withCheckDigit("8900012345678901999"))));
        CardState before = state();
        long counter = 0;
        for (GroupTarget target : aimless) {
            GroupAnswer answer = smSr.give(sound().counting(++counter)
                            .to(GroupFunction.ENABLE_PROFILE, target)
                            .sign())
                    .orElseThrow();
            assertEquals(Optional.empty(), answer.isdP());
            assertEquals(List.of("6A88"), statuses(answer));
            assertEquals(new Counter(counter), floor());
        }
        assertEquals(before.isdPs(), state().isdPs());
    }

    @Test
    void twoProfilesOfOneTypeAreNoTarget() {
        EuiccCard twins =
                new EuiccCard(TestCards.fresh().state().withIsdPs(isdP -> isdP.withProfileType("operational")));
        GroupAnswer answer = TestGroups.member(twins)
                .give(sound().to(GroupFunction.ENABLE_PROFILE, new GroupTarget.ByProfileType("operational"))
                        .sign())
                .orElseThrow();
        assertEquals(List.of("6A88"), statuses(answer));
    }

    @Test
    void theOtherFunctionsDoWhatTheyDoOnOrder() {
        GroupAnswer deleted = smSr.give(sound().to(GroupFunction.DELETE_PROFILE, new GroupTarget.ByAid(SECOND))
                        .sign())
                .orElseThrow();
        assertEquals(List.of("9000"), statuses(deleted));
        assertEquals(Optional.empty(), state().isdP(SECOND));
        smSr.give(sound().counting(2)
                .to(GroupFunction.SET_FALLBACK_ATTRIBUTE, new GroupTarget.ByAid(FIRST))
                .sign());
        assertEquals(FIRST, state().fallback().aid());
        GroupAnswer disabled = smSr.give(sound().counting(3)
                        .to(GroupFunction.DISABLE_PROFILE, new GroupTarget.ByAid(BOOTSTRAP))
                        .sign())
                .orElseThrow();
        assertEquals(List.of("9000"), statuses(disabled));
        assertEquals(FIRST, state().enabled().aid());
    }

    @Test
    void theAuditHasNoTargetAndTwoAnswers() {
        GroupAnswer audit = smSr.give(sound().audit().sign()).orElseThrow();
        assertEquals(Optional.empty(), audit.isdP());
        assertEquals(
                3,
                ((Es5Outcome.AuditReport) EuiccCapabilityAudit.ofAll().outcome(audit.responses()))
                        .isdPs()
                        .size());
        assertFalse(smSr.refreshAsked());
    }

    @Test
    void whileAChangeIsNotConfirmedNoOtherOneBegins() {
        smSr.give(sound().sign());
        smSr.reboot();
        GroupAnswer answer = smSr.give(sound().counting(2)
                        .to(GroupFunction.ENABLE_PROFILE, new GroupTarget.ByAid(SECOND))
                        .sign())
                .orElseThrow();
        assertEquals(List.of("6985"), statuses(answer));
        assertFalse(smSr.refreshAsked());
    }

    @Test
    void theFirstKeySetProtectsTheAnswerAndNoScp80CounterMoves() {
        List<KeySet> before = state().keySets();
        smSr.give(sound().sign());
        assertEquals(before, state().keySets());
    }

    @Test
    void aPackageWithheldUntilTheFloorIsRaisedDoesNothing() {
        Octets withheld = sound().sign();
        assertEquals("9000", smSr.send(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, new Counter(1))));
        assertSilent(withheld);
    }

    @Test
    void theFloorNeverFalls() {
        smSr.send(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, new Counter(9)));
        smSr.send(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, new Counter(4)));
        assertEquals(new Counter(9), floor());
        smSr.send(TestGroups.join());
        assertEquals(new Counter(9), floor());
        assertSilent(sound().counting(9));
    }

    @Test
    void joiningAgainTakesTheNewEpochAndKey() {
        assertEquals(
                "9000",
                smSr.send(new GroupCommand.Join(
                        TestGroups.TENANT, TestGroups.GID, 4, new Counter(2), TestGroups.STRANGER.publicKey())));
        assertEquals(1, state().groups().orElseThrow().configurations().size());
        assertSilent(sound().counting(3));
        assertSilent(sound().counting(3).inEpoch(4));
        assertSilent(sound().counting(2).inEpoch(4).by(TestGroups.STRANGER));
        assertTrue(
                smSr.give(sound().counting(3).inEpoch(4).by(TestGroups.STRANGER).sign())
                        .isPresent());
    }

    @Test
    void whoHasLeftDoesNotObeyAnyMore() {
        GroupCommand.Leave leave = new GroupCommand.Leave(TestGroups.TENANT, TestGroups.GID);
        assertEquals("9000", smSr.send(leave));
        assertSilent(sound());
        assertEquals("6A88", smSr.send(leave));
        assertEquals("6A88", smSr.send(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, Counter.MAX)));
    }

    @Test
    void aCardHoldsSixteenGroupsAndThenNoMore() {
        for (int i = 1; i < CardGroups.MAX; i++) {
            assertEquals("9000", smSr.send(join("g" + i)));
        }
        CardGroups full = state().groups().orElseThrow();
        assertEquals("6A84", smSr.send(join("one-more")));
        assertEquals(full, state().groups().orElseThrow());
        assertEquals("9000", smSr.send(TestGroups.join()), "one that it holds may be replaced");
        smSr.send(new GroupCommand.Leave(TestGroups.TENANT, new Gid("g1")));
        assertEquals("9000", smSr.send(join("one-more")));
    }

    private static GroupCommand join(String gid) {
        return new GroupCommand.Join(TestGroups.TENANT, new Gid(gid), 1, Counter.ZERO, TestGroups.SM_SR.publicKey());
    }

    @Test
    void theFloorOfOneGroupIsNotThatOfAnother() {
        smSr.send(new GroupCommand.Join(
                TestGroups.TENANT, new Gid("other"), 3, Counter.ZERO, TestGroups.SM_SR.publicKey()));
        smSr.give(sound().audit().counting(40).sign());
        assertTrue(smSr.give(sound().audit().of(new Gid("other")).counting(2).sign())
                .isPresent());
        assertEquals(new Counter(40), floor());
    }

    @Test
    void aFloorAndAFunctionTravelInOneScript() {
        List<CommandApdu> commands = new ArrayList<>();
        commands.add(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, new Counter(5)).command());
        commands.addAll(new EnableProfile(FIRST).commands());
        smSr.exchange(smSr.packet(commands));
        assertEquals(new Counter(5), floor());
        assertEquals(FIRST, state().enabled().aid());
    }

    @Test
    void theLogTellsEachPackageOnceAndStaysSmall() {
        long packets = state().executions().packets();
        for (int i = 1; i <= 40; i++) {
            Octets one = sound().audit().counting(i).sign();
            smSr.give(one);
            smSr.give(one);
        }
        ExecutionLog log = state().executions();
        assertEquals(40, log.groupPackages());
        assertEquals(packets, log.packets());
        assertEquals(ExecutionLog.MAX_RECENT, log.recentForGroups().size());
        assertEquals(
                new ExecutionLog.GroupExecution(TestGroups.TENANT, TestGroups.GID, new Counter(40)),
                log.recentForGroups().get(ExecutionLog.MAX_RECENT - 1));
    }
}
