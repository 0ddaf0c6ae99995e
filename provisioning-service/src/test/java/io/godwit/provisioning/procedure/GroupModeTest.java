package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.BOOTSTRAP;
import static io.godwit.provisioning.procedure.Desk.EID;
import static io.godwit.provisioning.procedure.Desk.KEYS;
import static io.godwit.provisioning.procedure.Desk.NID;
import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.ok;
import static io.godwit.provisioning.procedure.Desk.sw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Tar;
import io.godwit.protocol.Address;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.GroupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One member of a group on its way through flow A-C, and what a card holds of its groups. */
class GroupModeTest {
    private static final Gid METERS = new Gid("meters");
    private static final EcKeyPair SIGNER = EcKeyPair.of(Octets.fromHex("11".repeat(32)));
    private static final Octets HASH = Octets.fromHex("ab".repeat(32));
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final String TRIGGER = "operation-1.a";

    private final Sight sight = new Sight(SIGNER.publicKey());
    private Desk desk = new Desk();

    @AfterAll
    static void theTableIsTheWholeMachine() {
        Desk.checkTable(Desk::isOfGroupMode);
    }

    @BeforeEach
    void aMemberThatHoldsItsConfiguration() {
        desk = member(true);
        configure();
        course(false, List.of());
    }

    @Test
    void aMemberGetsItsConfigurationUnderItsOwnKeysBeforeAnythingElse() {
        Desk fresh = member(true);
        assertEquals(
                List.of(new GroupCommand.Join(new TenantId("acme"), METERS, 1, new Counter(4), SIGNER.publicKey())),
                script(fresh));
        fresh.b2(ok());
        assertEquals(
                List.of(new HeldGroup(METERS, 1, 1, new Counter(4), sight.keyName())),
                fresh.file.card().groups());
        assertEquals(List.of(), fresh.file.procedures());
        fresh.put(new CardInput.Regrouped());
        assertEquals(List.of(), fresh.file.procedures());
    }

    @Test
    void aCardWithoutTheExtensionGetsNone() {
        Desk plain = member(false);
        assertEquals(List.of(), plain.file.procedures());
        assertEquals(List.of(), plain.steps());
    }

    @Test
    void leavingJoiningAnewAnotherEpochAndAnotherKeyEachBringWhatIsDue() {
        groups(new Groups.Membership(METERS, 0, 1, new Counter(9)));
        desk.put(new CardInput.Regrouped());
        assertEquals(List.of(new GroupCommand.Leave(new TenantId("acme"), METERS)), script(desk));
        desk.b2(ok());
        assertEquals(List.of(), desk.file.card().groups());
        for (Groups.Membership again : List.of(
                new Groups.Membership(METERS, 2, 1, new Counter(9)),
                new Groups.Membership(METERS, 2, 2, new Counter(9)))) {
            groups(again);
            desk.put(new CardInput.Regrouped());
            assertEquals(
                    List.of(new GroupCommand.Join(
                            new TenantId("acme"), METERS, again.epoch(), new Counter(9), SIGNER.publicKey())),
                    script(desk));
            desk.b2(ok());
            assertEquals(
                    again.epoch(), desk.file.card().held(METERS).orElseThrow().epoch());
        }
    }

    @Test
    void aCardThatRefusesAConfigurationIsLeftInPeaceUntilTheFleetSaysSomethingNew() {
        Desk fresh = member(true);
        fresh.b2(sw(0x6a80));
        assertEquals(List.of(), fresh.file.card().groups());
        assertEquals(List.of(), fresh.file.procedures());
        fresh.put(new CardInput.Regrouped());
        assertEquals(1, fresh.file.procedures().size());
    }

    @Test
    void aConfigurationWhoseFateIsUnknownIsSentAnewBehindAnAudit() {
        Desk fresh = member(true);
        fresh.b2(ResponseStatus.COUNTER_LOW);
        fresh.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals(1, script(fresh).size());
        fresh.b2(ok());
        assertTrue(fresh.file.card().held(METERS).isPresent());
    }

    @Test
    void theGroupsCommandEndsWithTheConfirmationResult() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        assertEquals(ProcedureState.Kind.SUMMONED, desk.state());
        desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
        assertEquals(ProcedureState.Kind.READY, desk.state());
        int before = desk.sent.size();
        commanded();
        c2(OPERATIONAL, ok());
        assertEquals(ProcedureState.Kind.AWAITING_NOTIFICATION, desk.state());
        assertEquals(new Counter(5), desk.file.card().held(METERS).orElseThrow().floor());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
        assertEquals("C1", commandedBy());
        assertEquals(List.of(FlowStep.D2, FlowStep.D2), stepsSince(before));
    }

    @Test
    void whoHasNotAnsweredTheTriggerMayAnswerTheCommand() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        commanded();
        c2(OPERATIONAL, ok());
        assertEquals(ProcedureState.Kind.AWAITING_NOTIFICATION, desk.state());
    }

    @Test
    void functionsThatEndAtOnceEndWithC2() {
        for (ProcedureState.Kind from : List.of(ProcedureState.Kind.SUMMONED, ProcedureState.Kind.READY)) {
            desk = member(true);
            configure();
            course(false, List.of());
            desk.order(
                    new Purpose.Carry(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"), true),
                    Duration.ofHours(1));
            if (from == ProcedureState.Kind.READY) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            commanded();
            c2(OPERATIONAL, ok());
            assertEquals("Executed-Success", desk.code());
            assertEquals("C1", commandedBy());
        }
    }

    @Test
    void anAnswerThatIsNotToThisPackageOrNotFromThisCardIsIgnored() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        c2(OPERATIONAL, ok());
        commanded();
        Octets data = new GroupAnswer(HASH, Optional.of(OPERATIONAL), List.of(ok())).encode();
        Scp80Keys foreign = Scp80Keys.of(1, Octets.fromHex("22".repeat(16)), Octets.fromHex("33".repeat(16)));
        List<Octets> wrong = List.of(
                packet(GroupExtension.TAR, 6, ResponseStatus.POR_OK, data, KEYS),
                packet(SecurityDomains.ISD_R_TAR, 5, ResponseStatus.POR_OK, data, KEYS),
                packet(GroupExtension.TAR, 5, ResponseStatus.CIPHERING_ERROR, Octets.EMPTY, KEYS),
                packet(GroupExtension.TAR, 5, ResponseStatus.POR_OK, data, foreign),
                packet(
                        GroupExtension.TAR,
                        5,
                        ResponseStatus.POR_OK,
                        new GroupAnswer(Octets.fromHex("cd".repeat(32)), Optional.of(OPERATIONAL), List.of(ok()))
                                .encode(),
                        KEYS),
                Octets.fromHex("00"));
        CardFile before = desk.file;
        wrong.forEach(octets -> desk.says(new StepBody.GroupResult("c", octets)));
        assertEquals(before, desk.file);
        assertEquals(7, desk.ignored.size());
    }

    @Test
    void aRefusalOrAnotherTargetIsSettledByAnAudit() {
        for (boolean ready : new boolean[] {false, true}) {
            desk = member(true);
            configure();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            if (ready) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            commanded();
            c2(ready ? BOOTSTRAP : OPERATIONAL, ready ? ok() : sw(0x6985));
            assertEquals(ProcedureState.Kind.AUDITING, desk.state());
            desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
            assertEquals("CONDITIONS_NOT_SATISFIED", desk.code());
        }
    }

    @Test
    void aDeviceThatIsNotReadyEndsThere() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        desk.says(new StepBody.TriggerResult("another", true, null));
        assertEquals(ProcedureState.Kind.SUMMONED, desk.state());
        desk.says(new StepBody.TriggerResult(TRIGGER, false, "battery low"));
        assertEquals("DEVICE_REFUSED", desk.code());
        assertNull(commandedBy());
    }

    @Test
    void aDeviceThatIsNotReadyAndSaysSoBehindThePackageIsAudited() {
        Purpose.Carry fallback =
                new Purpose.Carry(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"), true);
        desk.order(fallback, Duration.ofHours(1));
        commanded();
        desk.says(new StepBody.TriggerResult(TRIGGER, false, "battery low"));
        assertEquals(ProcedureState.Kind.AUDITING, desk.state());
        assertEquals(List.of(new GroupCommand.RaiseFloor(new TenantId("acme"), METERS, new Counter(5))), script(desk));
        desk.b2(ok(), fallbackIs(1), resources());
        assertEquals("Executed-Success", desk.code());
        assertEquals("C1", commandedBy());
    }

    @Test
    void aRepairThatWasNotSentLeavesOpenWhetherTheCardHasThePackage() {
        desk.order(
                new Purpose.Carry(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"), true),
                Duration.ofHours(1));
        commanded();
        desk.offline("c1").after(Duration.ofSeconds(40));
        assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
        desk.after(Duration.ofHours(2));
        assertEquals("EXPIRED_UNSETTLED", desk.code());
        desk.online("c2");
        assertEquals(List.of(new GroupCommand.RaiseFloor(new TenantId("acme"), METERS, new Counter(5))), script(desk));
        desk.b2(ok(), fallbackIs(1), resources());
        assertTrue(desk.file.card().eis().find(OPERATIONAL).orElseThrow().isFallback());
    }

    @Test
    void aSilentMemberIsServedByB1ThatMakesThePackageOldFirst() {
        for (boolean ready : new boolean[] {false, true}) {
            desk = member(true);
            configure();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            if (ready) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            commanded();
            desk.after(Duration.ofSeconds(29));
            assertTrue(desk.file.outstanding().orElseThrow().state().isWithGroup());
            desk.after(Duration.ofSeconds(40));
            assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
            assertEquals(
                    List.of(new GroupCommand.RaiseFloor(new TenantId("acme"), METERS, new Counter(5))), script(desk));
            c2(OPERATIONAL, ok());
            assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
            desk.b2(ok(), ok());
            assertEquals(
                    new Counter(5), desk.file.card().held(METERS).orElseThrow().floor());
            desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                    .confirms("d2", ok());
            assertEquals("Executed-Success", desk.code());
            assertEquals("B1", commandedBy());
        }
    }

    @Test
    void aCardThatHoldsNoSuchGroupIsCommandedWithoutItsFloorAndConfiguredAnew() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        commanded();
        desk.after(Duration.ofSeconds(70));
        desk.b2(sw(0x6a88));
        assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
        assertEquals(List.of(), script(desk));
        desk.b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
        assertEquals(1, script(desk).size());
        assertTrue(script(desk).get(0) instanceof GroupCommand.Join);
    }

    @Test
    void anyB1AfterAGroupsPackageMakesItOld() {
        groups(new Groups.Membership(METERS, 1, 1, new Counter(7)));
        desk.order(Desk.enable()).a2();
        assertEquals(List.of(new GroupCommand.RaiseFloor(new TenantId("acme"), METERS, new Counter(7))), script(desk));
    }

    @Test
    void whoComesBackBehindThePackageIsServedByB1AtOnce() {
        for (boolean ready : new boolean[] {false, true}) {
            desk = member(true);
            configure();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            if (ready) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            desk.offline("c1").online("c2");
            assertTrue(desk.file.outstanding().orElseThrow().state().isWithGroup(), "nothing was missed yet");
            commanded();
            desk.offline("c2").online("c3");
            assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
        }
    }

    @Test
    void aLostAnswerIsMadeUpForByTheNotification() {
        for (boolean ready : new boolean[] {false, true}) {
            for (boolean rolledBack : new boolean[] {false, true}) {
                desk = member(true);
                configure();
                course(false, List.of());
                desk.order(enableInGroup(), Duration.ofHours(1));
                if (ready) {
                    desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
                }
                commanded();
                if (rolledBack) {
                    desk.notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 2, BOOTSTRAP)
                            .confirms("d2", ok());
                    assertEquals("ROLLED_BACK", desk.code());
                } else {
                    desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                            .confirms("d2", ok());
                    assertEquals("Executed-Success", desk.code());
                }
                assertEquals("C1", commandedBy());
            }
        }
    }

    @Test
    void whomThePackageCannotReachWaitsForItAndIsServedByB1() {
        for (Desk other : List.of(away(), withoutExtension())) {
            desk = other;
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            assertEquals(ProcedureState.Kind.DEFERRED, desk.state());
            desk.after(Duration.ofMinutes(1));
            assertEquals(ProcedureState.Kind.DEFERRED, desk.state());
            commanded();
            if (desk.file.card().online()) {
                desk.after(Duration.ofMinutes(1));
            } else {
                desk.online("c9");
            }
            assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
        }
    }

    @Test
    void whoseTurnComesBehindTheCommandIsServedByB1AtOnce() {
        commanded();
        desk.order(enableInGroup(), Duration.ofHours(1));
        assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
    }

    @Test
    void aCampaignThatIsOverCommandsNobodyAnyMore() {
        Outcome cancelled = Outcome.failed("CANCELLED", "by an operator");
        desk.order(enableInGroup(), Duration.ofHours(1));
        over(cancelled, List.of());
        desk.after(Duration.ofMinutes(1));
        assertEquals("CANCELLED", desk.code());
        desk.order(enableInGroup(), Duration.ofHours(1));
        assertEquals(2, desk.outcomes().size());
        for (Desk other : List.of(away(), ready())) {
            desk = other;
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            over(cancelled, List.of());
            desk.after(Duration.ofMinutes(1));
            assertEquals("CANCELLED", desk.code());
        }
    }

    @Test
    void whoMayHaveTheCommandOfACampaignThatIsOverIsAudited() {
        for (boolean ready : new boolean[] {false, true}) {
            desk = member(true);
            configure();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            if (ready) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            over(Outcome.failed("STOPPED", "too many failed"), List.of(sent()));
            desk.after(Duration.ofMinutes(1));
            assertEquals(ProcedureState.Kind.AUDITING, desk.state());
            desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
            assertEquals("NOT_EXECUTED", desk.code());
        }
    }

    @Test
    void aPausedCampaignLetsItsMembersWait() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
        sight.course = new GroupCourse(METERS, TRIGGER, true, true, List.of(sent()), Set.of(), WINDOW, null);
        desk.after(Duration.ofMinutes(2));
        assertEquals(ProcedureState.Kind.READY, desk.state());
        Desk late = away();
        desk = late;
        desk.order(enableInGroup(), Duration.ofHours(1));
        desk.online("c9");
        assertEquals(ProcedureState.Kind.DEFERRED, desk.state());
    }

    @Test
    void aCanaryIsCommandedBeforeTheOthers() {
        desk.order(enableInGroup(), Duration.ofHours(1));
        GroupCourse.SentPackage first = new GroupCourse.SentPackage(new Counter(5), HASH, desk.now, true);
        sight.course = new GroupCourse(METERS, TRIGGER, false, false, List.of(first), Set.of(), WINDOW, null);
        c2(OPERATIONAL, ok());
        assertEquals(ProcedureState.Kind.SUMMONED, desk.state(), "it is not of the canary");
        sight.course = new GroupCourse(METERS, TRIGGER, false, false, List.of(first), Set.of(NID), WINDOW, null);
        c2(OPERATIONAL, ok());
        assertEquals(ProcedureState.Kind.AWAITING_NOTIFICATION, desk.state());
    }

    @Test
    void withoutAnOutcomeItExpiresAndSaysWhetherTheCardMayHaveChanged() {
        desk.order(enableInGroup(), Duration.ofMinutes(1));
        desk.after(Duration.ofSeconds(40));
        assertEquals(ProcedureState.Kind.SUMMONED, desk.state());
        desk.after(Duration.ofMinutes(2));
        assertEquals("EXPIRED", desk.code());
        desk.order(enableInGroup(), Duration.ofMinutes(1));
        course(true, List.of(sent()));
        desk.put(new CardInput.Due());
        desk.now = desk.now.plus(Duration.ofMinutes(2));
        desk.put(new CardInput.Due());
        assertEquals("EXPIRED_UNSETTLED", desk.code());
    }

    @Test
    void aNotificationBehindTheValidityIsNotConfirmed() {
        for (boolean ready : new boolean[] {false, true}) {
            ready();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofMinutes(1));
            if (ready) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            course(true, List.of(sent()));
            desk.now = desk.now.plus(Duration.ofMinutes(2));
            desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
            assertEquals("EXPIRED_UNSETTLED", desk.code());
        }
    }

    @Test
    void aRemovedCardIsOut() {
        for (ProcedureState.Kind kind :
                List.of(ProcedureState.Kind.SUMMONED, ProcedureState.Kind.READY, ProcedureState.Kind.DEFERRED)) {
            desk = kind == ProcedureState.Kind.DEFERRED ? away() : ready();
            course(false, List.of());
            desk.order(enableInGroup(), Duration.ofHours(1));
            if (kind == ProcedureState.Kind.READY) {
                desk.says(new StepBody.TriggerResult(TRIGGER, true, null));
            }
            assertEquals(kind, desk.state());
            desk.put(new CardInput.Removed());
            assertEquals("CARD_REMOVED", desk.code());
        }
    }

    @Test
    void aSpokesmanMaySpeakForItsGroupAndNobodyElse() {
        Address group = new Address.Group(METERS);
        desk.requests("q1", group, Desk.allows("meters"));
        assertEquals("the device is not its spokesman", refusal());
        desk.requests("q2", group);
        assertEquals("the device is not a member of this group", refusal());
        desk.requests("q3", group, new GroupPolicy(METERS, RequestPolicy.NONE, true, List.of()));
        assertEquals("the policy of the group refuses requests", refusal());
        CardDecision granted = desk.file.decide(
                new CardInput.Requested(
                        new StepBody.ClientRequest("q4", "site moves"),
                        group,
                        new Asking(List.of(
                                new GroupPolicy(METERS, RequestPolicy.automatic(Desk.enable()), true, List.of())))),
                new Moment(desk.now, () -> KEYS, 0.5, Rules.DEFAULTS, sight));
        assertEquals(1, granted.groupRequests().size());
        assertEquals(METERS, granted.groupRequests().get(0).gid());
        assertEquals(List.of(), granted.next().procedures());
        desk.requests(
                "q5",
                group,
                new GroupPolicy(
                        METERS,
                        RequestPolicy.automatic(Desk.enable()),
                        true,
                        List.of(new GroupPolicy.Campaign("operation-9", Desk.enable()))));
        assertEquals("operation-9", ((StepBody.RequestAccepted) Desk.body(desk.last())).operation());
    }

    private static ResponseApdu fallbackIs(int index) {
        return ResponseApdu.success(EuiccCapabilityAudit.encodeStates(List.of(
                new IsdPState(BOOTSTRAP, LifeCycle.ENABLED, index == 0, 0, 0),
                new IsdPState(OPERATIONAL, LifeCycle.DISABLED, index == 1, 0, 0))));
    }

    private static ResponseApdu resources() {
        return ResponseApdu.success(new Resources(2, 1000, 1000).encode());
    }

    private String refusal() {
        return ((StepBody.RequestRefused) Desk.body(desk.last())).reason();
    }

    private Desk member(boolean extension) {
        Desk made = new Desk();
        groups(new Groups.Membership(METERS, 1, 1, new Counter(4)));
        made.groups = sight;
        made.put(new CardInput.Registered(
                "registration", new Eis(EID, List.of(Desk.bootstrap(), Desk.operational()), extension), Counter.ZERO));
        made.online("c1");
        return made;
    }

    private void configure() {
        desk.b2(ok());
    }

    private Desk ready() {
        desk = member(true);
        configure();
        return desk;
    }

    private Desk away() {
        ready();
        course(false, List.of());
        return desk.offline("c1");
    }

    private Desk withoutExtension() {
        course(false, List.of());
        return member(false);
    }

    private void groups(Groups.Membership... memberships) {
        sight.memberships.clear();
        sight.memberships.addAll(List.of(memberships));
    }

    private void course(boolean commanded, List<GroupCourse.SentPackage> packages) {
        sight.course = new GroupCourse(METERS, TRIGGER, false, commanded, packages, Set.of(), WINDOW, null);
    }

    private void over(Outcome why, List<GroupCourse.SentPackage> packages) {
        sight.course = new GroupCourse(METERS, TRIGGER, false, false, packages, Set.of(), WINDOW, why);
    }

    /** The group's package is out, with counter 5. */
    private void commanded() {
        course(true, List.of(sent()));
        groups(new Groups.Membership(METERS, 1, 1, new Counter(5)));
    }

    private GroupCourse.SentPackage sent() {
        return new GroupCourse.SentPackage(new Counter(5), HASH, desk.now, false);
    }

    private static Purpose.Carry enableInGroup() {
        return new Purpose.Carry(Desk.enable(), true);
    }

    private void c2(Aid isdP, ResponseApdu response) {
        Octets data = new GroupAnswer(HASH, Optional.of(isdP), List.of(response)).encode();
        desk.says(new StepBody.GroupResult("c", packet(GroupExtension.TAR, 5, ResponseStatus.POR_OK, data, KEYS)));
    }

    private static Octets packet(Tar tar, long counter, ResponseStatus status, Octets data, Scp80Keys keys) {
        return new ResponsePacket(tar, new Counter(counter), status, data).encode(keys);
    }

    /** The group commands of the B1 that waits for its answer. */
    private static List<GroupCommand> script(Desk at) {
        return Payloads.commands(at.pending().payload(), KEYS).stream()
                .flatMap(command -> GroupCommand.parse(command).stream())
                .toList();
    }

    private @Nullable String commandedBy() {
        return desk.facts.stream()
                .flatMap(fact -> fact instanceof Fact.Ended ended
                        ? Optional.of(ended).stream()
                        : Optional.<Fact.Ended>empty().stream())
                .reduce((first, second) -> second)
                .orElseThrow()
                .commandedBy();
    }

    private List<FlowStep> stepsSince(int index) {
        return desk.steps().subList(index, desk.steps().size());
    }
}
