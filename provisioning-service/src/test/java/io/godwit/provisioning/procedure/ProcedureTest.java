package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.BOOTSTRAP;
import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.enable;
import static io.godwit.provisioning.procedure.Desk.ok;
import static io.godwit.provisioning.procedure.Desk.sw;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.AUDITING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.AWAITING_NOTIFICATION;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.CONFIRMING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ENDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.TRIGGERED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Address;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.DeleteToken;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.provisioning.request.GroupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProcedureTest {
    private static final Pol2Rule NEVER_ENABLE =
            new Pol2Rule(Pol2Rule.Action.ENABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DISABLE =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule DELETE_WHEN_DISABLED =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE);
    private static final Duration LONG = Duration.ofDays(60);

    @AfterAll
    static void theTableIsTheWholeMachine() {
        Desk.checkTable(step -> !Desk.isOfGroupMode(step) && !Desk.isOfDownload(step) && !Desk.isOfIsdRKeys(step));
    }

    @Test
    void anEnableEndsWithTheConfirmationResult() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ok());
        assertEquals(AWAITING_NOTIFICATION, desk.state());
        desk.offline("c1").online("c2");
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals(CONFIRMING, desk.state());
        assertEquals(BOOTSTRAP, desk.enabled());
        desk.confirms("d2", ok());
        assertEquals(List.of(FlowStep.A1, FlowStep.B1, FlowStep.D2, FlowStep.D2), desk.steps());
        assertEquals("Executed-Success", desk.code());
        assertEquals(OPERATIONAL, desk.enabled());
        assertEquals(ENDED, desk.state());
    }

    @Test
    void aDisableFallsBackAndEndsLate() {
        Desk desk = new Desk(
                Desk.profile(BOOTSTRAP, "89000123456789012341", ProfileState.State.DISABLED, true, "bootstrap"),
                Desk.profile(OPERATIONAL, "89000123456789012358", ProfileState.State.ENABLED, false, "operational"));
        desk.online("c1")
                .order(Desk.function(EsFunction.Name.DISABLE_PROFILE, "operational"))
                .a2()
                .b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, BOOTSTRAP)
                .confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
        assertEquals(BOOTSTRAP, desk.enabled());
    }

    @Test
    void deleteFallbackAndAuditEndWithTheirAnswer() {
        Desk delete = Desk.ready()
                .order(Desk.function(EsFunction.Name.DELETE_PROFILE, "operational"))
                .a2()
                .b2(ok());
        assertEquals("Executed-Success", delete.code());
        assertEquals(1, delete.file.card().eis().profiles().size());
        Desk fallback = Desk.ready()
                .order(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"))
                .a2()
                .b2(ok());
        assertTrue(fallback.file.card().eis().find(OPERATIONAL).orElseThrow().isFallback());
        assertFalse(fallback.file.card().eis().find(BOOTSTRAP).orElseThrow().isFallback());
        Desk audit = Desk.ready()
                .order(new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null))
                .a2();
        audit.audit(LifeCycle.ENABLED, LifeCycle.PERSONALIZED);
        assertEquals("Executed-Success", audit.code());
        assertEquals(
                ProfileState.State.CREATED,
                audit.file.card().eis().find(OPERATIONAL).orElseThrow().state().state());
    }

    @Test
    void everyAnsweredAuditTellsOfTheCardAsItIsNowChangedOrNot() {
        CardResources resources = new CardResources(2, 1000, 1000);
        Desk ordered = Desk.ready()
                .order(new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null))
                .a2();
        List<ProfileState> before = ordered.file.card().eis().states();
        ordered.facts.clear();
        ordered.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals(new Fact.Audited(before, resources), ordered.facts.get(0));
        assertEquals("Executed-Success", ordered.code());

        Desk doubted = Desk.ready().order(enable()).a2().noAnswer();
        doubted.facts.clear();
        doubted.audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        List<ProfileState> after = doubted.file.card().eis().states();
        assertNotEquals(before, after);
        assertEquals(new Fact.Audited(after, resources), doubted.facts.get(0));
        assertEquals(
                "Audit",
                ((EventRecord.CardState) doubted.facts.get(0).toRecord(doubted.now, new TenantId("acme"), Desk.NID, 9))
                        .cause());
    }

    @Test
    void whatTheEisTellsNeedsNoAirTraffic() {
        assertEquals("POL2_FORBIDS", refusedAtOnce(enable(), Desk.bootstrap(), Desk.operational(NEVER_ENABLE)));
        assertEquals("POL2_FORBIDS", refusedAtOnce(enable(), Desk.bootstrap(NEVER_DISABLE), Desk.operational()));
        EsFunction delete = Desk.function(EsFunction.Name.DELETE_PROFILE, "operational");
        assertEquals("POL2_FORBIDS", refusedAtOnce(delete, Desk.bootstrap(), Desk.operational(NEVER_DELETE)));
        EsFunction disable = Desk.function(EsFunction.Name.DISABLE_PROFILE, "operational");
        assertEquals("ALREADY_DISABLED", refusedAtOnce(disable, Desk.bootstrap(), Desk.operational()));
        EsFunction enableEnabled = Desk.function(EsFunction.Name.ENABLE_PROFILE, "bootstrap");
        assertEquals("ALREADY_ENABLED", refusedAtOnce(enableEnabled, Desk.bootstrap(), Desk.operational()));
        EsFunction disableFallback = Desk.function(EsFunction.Name.DISABLE_PROFILE, "bootstrap");
        assertEquals("IS_FALLBACK", refusedAtOnce(disableFallback, Desk.bootstrap(), Desk.operational()));
        EsFunction deleteEnabled = Desk.function(EsFunction.Name.DELETE_PROFILE, "bootstrap");
        assertEquals("IS_ENABLED", refusedAtOnce(deleteEnabled, Desk.bootstrap(), Desk.operational()));
        EsFunction unknown = Desk.function(EsFunction.Name.ENABLE_PROFILE, "roaming");
        assertEquals("TARGET_NOT_FOUND", refusedAtOnce(unknown, Desk.bootstrap(), Desk.operational()));
        EsFunction fallback = Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "bootstrap");
        assertEquals("ALREADY_FALLBACK", refusedAtOnce(fallback, Desk.bootstrap(), Desk.operational()));
    }

    @Test
    void aMasterDeleteAsksForNoPolicyAndForNothingThatIsInUse() {
        Desk deleted = new Desk(Desk.bootstrap(), Desk.operational(NEVER_DELETE))
                .online("c1")
                .order(masterDelete(OPERATIONAL))
                .a2()
                .b2(ok());
        assertEquals("Executed-Success", deleted.code());
        assertEquals(Optional.empty(), deleted.file.card().eis().find(OPERATIONAL));
        assertEquals("IS_ENABLED", refusedAtOnce(masterDelete(BOOTSTRAP), Desk.bootstrap(), Desk.operational()));
        Desk refused = Desk.ready().order(masterDelete(OPERATIONAL)).a2().b2(sw(0x6a80));
        assertEquals("TOKEN_REFUSED", refused.code());
        assertTrue(refused.file.card().eis().find(OPERATIONAL).isPresent());
        Desk keyless = Desk.ready().order(masterDelete(OPERATIONAL)).a2().b2(sw(0x6a88));
        keyless.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals("CONDITIONS_NOT_SATISFIED", keyless.code());
    }

    @Test
    void anUnansweredMasterDeleteIsSettledByAnAudit() {
        Desk gone = Desk.ready().order(masterDelete(OPERATIONAL)).a2().noAnswer();
        gone.auditWithoutOperational();
        assertEquals("Executed-Success", gone.code());
        Desk there = Desk.ready().order(masterDelete(OPERATIONAL)).a2().noAnswer();
        there.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals(COMMANDED, there.state());
        assertEquals("Executed-Success", there.b2(ok()).code());
    }

    private static EsFunction masterDelete(Aid isdP) {
        Octets part = Octets.fromHex("01");
        return EsFunction.masterDelete(
                new ProfileTarget.ByAid(isdP), new DeleteToken(part, part, part, part, Octets.of(new byte[16])));
    }

    private static String refusedAtOnce(EsFunction function, Profile... profiles) {
        Desk desk = new Desk(profiles).online("c1").order(function);
        assertEquals(List.of(), desk.steps());
        return desk.code();
    }

    @Test
    void aDeviceThatIsNotReadyIsLeftAlone() {
        Desk desk = Desk.ready().order(enable());
        desk.says(new StepBody.TriggerResult(desk.last().id(), false, "battery low"));
        assertEquals("DEVICE_REFUSED", desk.code());
    }

    @Test
    void anOfflineCardIsServedWhenItWakes() {
        Desk desk = new Desk(Desk.bootstrap(), Desk.operational()).order(enable(), LONG);
        assertEquals(List.of(), desk.steps());
        desk.after(Duration.ofHours(9));
        assertEquals(List.of(), desk.steps());
        desk.online("c1");
        assertEquals(List.of(FlowStep.A1), desk.steps());
        desk.offline("c1").after(Duration.ofHours(1));
        assertEquals(1, desk.sent.size());
        desk.online("c2");
        assertEquals(desk.sent.get(0), desk.sent.get(1));
    }

    @Test
    void aResendIsOctetByOctetTheSame() {
        Desk desk =
                Desk.ready().order(enable(), LONG).after(Duration.ofSeconds(13)).a2();
        assertEquals(desk.sent.get(0), desk.sent.get(1));
        desk.after(Duration.ofSeconds(13)).after(Duration.ofSeconds(25));
        assertEquals(desk.sent.get(2), desk.sent.get(3));
        assertEquals(desk.sent.get(3), desk.sent.get(4));
        desk.offline("c1").online("c2");
        assertEquals(desk.sent.get(4), desk.sent.get(5));
        assertEquals(COMMANDED, desk.state());
    }

    @Test
    void aMessageJustSentIsNotRepeatedWhenTheCardComesOnline() {
        Desk desk = Desk.ready().offline("c1");
        desk.online("c2").order(enable());
        desk.put(new CardInput.Online(new Connection("node-1", "boot-1", "c3", desk.now)));
        assertEquals(1, desk.sent.size());
    }

    @Test
    void aLateDoubleOrForeignAnswerChangesNothing() {
        Desk desk = Desk.ready().order(enable()).a2();
        desk.says(new StepBody.TriggerResult(desk.sent.size() + "x", true, null));
        StepBody b2 = new StepBody.CommandResult(desk.pending().id(), 1, desk.response(ResponseStatus.POR_OK, ok()));
        StepBody forged = new StepBody.CommandResult(
                desk.pending().id(), 1, io.godwit.protocol.Octets.fromHex("0224120000010102"));
        desk.says(forged);
        assertEquals(COMMANDED, desk.state());
        desk.says(b2).says(b2);
        assertEquals(AWAITING_NOTIFICATION, desk.state());
        assertEquals(List.of(Ignored.NOT_AWAITED, Ignored.NOT_AUTHENTIC, Ignored.NOT_AWAITED), desk.ignored);
    }

    @Test
    void aRepeatedNotificationGetsTheSameAnswer() {
        Desk desk = confirming();
        Outgoing first = desk.last();
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals(first, desk.last());
        desk.notifies("d1-after-reboot", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        StepBody.Received before = assertInstanceOf(StepBody.Received.class, Desk.body((Outgoing.Message) first));
        StepBody.Received again = assertInstanceOf(StepBody.Received.class, Desk.body(desk.last()));
        assertEquals("d1-after-reboot", again.id());
        assertEquals(before.packet(), again.packet());
        StepBody result = new StepBody.ConfirmationResult("d2", desk.response(ResponseStatus.POR_OK, ok()));
        desk.says(result).says(result);
        assertEquals(1, desk.outcomes().size());
        desk.notifies("d3", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals(new StepBody.Received("d3", null), Desk.body(desk.last()));
    }

    private static Desk confirming() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ok());
        return desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
    }

    @Test
    void theNotificationMayComeBeforeTheAnswerOrInsteadOfIt() {
        Desk desk = Desk.ready().order(enable()).a2();
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
    }

    @Test
    void aRollBackIsAFailureAndIsConfirmed() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 1, BOOTSTRAP);
        assertEquals(CONFIRMING, desk.state());
        desk.confirms("d2", ok());
        assertEquals("ROLLED_BACK", desk.code());
        assertEquals(BOOTSTRAP, desk.enabled());
    }

    @Test
    void aRollBackSaysWhatTheNetworkHasToldTheDevice() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 1, BOOTSTRAP, "MAC_FAILURE")
                .confirms("d2", ok());
        assertEquals(
                List.of(Outcome.failed(
                        "ROLLED_BACK",
                        "the card found no network with the new profile and went back to the previous one; "
                                + "the device says that a network refused it: MAC_FAILURE")),
                desk.outcomes());
    }

    /** The device's word makes no success a failure: only the card's does. */
    @Test
    void whatADeviceSaysOfANetworkChangesNoOutcome() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL, "MAC_FAILURE")
                .confirms("d2", ok());
        assertEquals(List.of(Outcome.SUCCEEDED), desk.outcomes());
    }

    @Test
    void aRollBackWhileWeConfirmWins() {
        Desk desk = confirming();
        desk.notifies("d3", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 2, BOOTSTRAP)
                .confirms("d4", ok());
        assertEquals("ROLLED_BACK", desk.code());
        Desk fellBack = Desk.ready().order(enable()).a2().b2(ok());
        fellBack.notifies("d1", NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, 1, BOOTSTRAP)
                .confirms("d2", ok());
        assertEquals("FELL_BACK", fellBack.code());
    }

    @Test
    void anUnexpectedFallBackIsConfirmedAndTheEisFollows() {
        Desk desk = new Desk(
                Desk.profile(BOOTSTRAP, "89000123456789012341", ProfileState.State.DISABLED, true, "bootstrap"),
                Desk.profile(OPERATIONAL, "89000123456789012358", ProfileState.State.ENABLED, false, "operational"));
        desk.online("c1").notifies("d1", NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, 7, BOOTSTRAP, "MAC_FAILURE");
        assertEquals(BOOTSTRAP, desk.enabled());
        assertEquals(CONFIRMING, desk.state());
        desk.notifies("d1b", NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, 7, BOOTSTRAP, "MAC_FAILURE")
                .confirms("d2", ok());
        assertEquals(ENDED, desk.state());
        assertEquals(7, desk.file.card().confirmed());
        assertEquals(List.of(), desk.outcomes());
        List<Outcome> told = unordered(desk);
        assertEquals(List.of("FELL_BACK"), told.stream().map(Outcome::code).toList(), "once");
        assertTrue(String.valueOf(told.get(0).detail()).endsWith("MAC_FAILURE"), told.toString());
    }

    @Test
    void aRollBackThatNobodyWaitsForIsToldThoughTheEisKnowsTheProfile() {
        Desk desk = new Desk(
                Desk.profile(BOOTSTRAP, "89000123456789012341", ProfileState.State.ENABLED, true, "bootstrap"),
                Desk.profile(OPERATIONAL, "89000123456789012358", ProfileState.State.DISABLED, false, "operational"));
        desk.online("c1").notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 7, BOOTSTRAP);
        assertEquals(
                List.of("ROLLED_BACK"),
                unordered(desk).stream().map(Outcome::code).toList());
    }

    private static List<Outcome> unordered(Desk desk) {
        return desk.facts.stream()
                .filter(Fact.ProfilesChanged.class::isInstance)
                .map(fact -> ((Fact.ProfilesChanged) fact).why())
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void aNotificationThatNobodyWaitsForQueuesBehindTheOpenCommand() {
        Desk desk = Desk.ready().order(enable()).a2();
        desk.notifies("d1", NotificationType.EUICC_DECLARATION, 1, BOOTSTRAP);
        desk.notifies("d1x", NotificationType.EUICC_DECLARATION, 1, BOOTSTRAP);
        assertEquals(COMMANDED, desk.state());
        assertTrue(desk.ignored.contains(Ignored.QUEUED_ALREADY));
        desk.b2(sw(0x69e1));
        assertEquals("POL1_FORBIDS", desk.code());
        assertEquals(CONFIRMING, desk.state());
        desk.confirms("d2", ok());
        assertEquals(ENDED, desk.state());
    }

    @Test
    void aLaterReportTakesThePlaceOfOneThatWaitsOrIsBeingConfirmed() {
        for (boolean waits : new boolean[] {false, true}) {
            Desk desk = Desk.ready();
            if (waits) {
                desk.order(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"))
                        .a2();
            }
            desk.notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 7, BOOTSTRAP)
                    .notifies("d2", NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, 8, OPERATIONAL)
                    .notifies("d1x", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 7, BOOTSTRAP);
            assertTrue(desk.ignored.contains(Ignored.REPLAYED_NOTIFICATION));
            if (waits) {
                desk.b2(sw(0x69e1));
            }
            assertEquals(CONFIRMING, desk.state());
            assertEquals("d2", desk.pending().id());
            assertEquals(OPERATIONAL, desk.enabled());
            desk.confirms("d3", ok());
            assertEquals(List.of(), desk.file.procedures());
            assertEquals(OPERATIONAL, desk.enabled());
        }
    }

    @Test
    void counterTooLowIsSettledByAnAuditAndTriedAgainOnce() {
        Desk desk = Desk.ready().order(enable()).a2().b2(ResponseStatus.COUNTER_LOW);
        assertEquals(AUDITING, desk.state());
        desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals(COMMANDED, desk.state());
        desk.b2(ok()).notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        desk.confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
    }

    @Test
    void whenEvenTheAuditsCounterIsTooLowTheNextEpochBegins() {
        Desk desk =
                Desk.ready().order(enable()).a2().b2(ResponseStatus.COUNTER_LOW).b2(ResponseStatus.COUNTER_LOW);
        assertEquals(1, desk.pending().counter().epoch());
        desk.audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        assertEquals(AWAITING_NOTIFICATION, desk.state());
    }

    @Test
    void aConditionNotSatisfiedIsSettledByAnAudit() {
        Desk already = Desk.ready().order(enable()).a2().b2(sw(0x6985)).audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        assertEquals("ALREADY_SO", already.code());
        assertEquals(OPERATIONAL, already.enabled());
        Desk refused =
                Desk.ready().order(enable()).a2().b2(sw(0x6985)).audit(LifeCycle.ENABLED, LifeCycle.PERSONALIZED);
        assertEquals("CONDITIONS_NOT_SATISFIED", refused.code());
    }

    @Test
    void silenceIsSettledByAnAudit() {
        Desk desk = Desk.ready().order(enable(), LONG).a2();
        for (int i = 0; i < 5; i++) {
            desk.after(Duration.ofMinutes(6));
        }
        assertEquals(AUDITING, desk.state());
        desk.noAnswer().after(Duration.ofMinutes(6)).offline("c1").online("c2");
        desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals("NOT_EXECUTED", desk.code());
    }

    @Test
    void noAnswerIsTriedAgainAFewTimes() {
        Desk desk = Desk.ready().order(enable()).a2();
        for (int i = 0; i < 3; i++) {
            desk.noAnswer().audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
            assertEquals(COMMANDED, desk.state());
        }
        desk.noAnswer().audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals("NOT_EXECUTED", desk.code());
    }

    @Test
    void aMissingNotificationIsAskedAfter() {
        Desk desk = Desk.ready().order(enable(), LONG).a2().b2(ok()).after(Duration.ofMinutes(7));
        assertEquals(AUDITING, desk.state());
        desk.audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        assertEquals(AWAITING_NOTIFICATION, desk.state());
        desk.offline("c1").after(Duration.ofMinutes(7));
        assertEquals(AWAITING_NOTIFICATION, desk.state());
        desk.online("c2").after(Duration.ofMinutes(7));
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals("Executed-Success", desk.code());
        Desk back = Desk.ready().order(enable(), LONG).a2().b2(ok()).after(Duration.ofMinutes(7));
        back.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals("ROLLED_BACK", back.code());
    }

    @Test
    void aConfirmationThatTheCardDoesNotKnowIsSettledByAnAudit() {
        Desk desk = confirming().confirms("d2", sw(0x6a88)).audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        assertEquals("Executed-Success", desk.code());
        Desk back =
                confirming().confirms("d2", ResponseStatus.COUNTER_LOW).audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals("ROLLED_BACK", back.code());
    }

    @Test
    void onceTheValidityHasEndedNothingIsConfirmedAndTheCardIsAudited() {
        Desk desk = Desk.ready().order(enable(), Duration.ofMinutes(1)).a2().b2(ok());
        desk.now = desk.now.plus(Duration.ofMinutes(2));
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals("EXPIRED_UNSETTLED", desk.code());
        assertFalse(desk.steps().contains(FlowStep.D2));
        assertEquals(AUDITING, desk.state());
        desk.audit(LifeCycle.DISABLED, LifeCycle.ENABLED);
        assertEquals(OPERATIONAL, desk.enabled());
        desk.notifies("d1b", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertTrue(desk.ignored.contains(Ignored.UNSOLICITED_CHANGE));
        desk.notifies("d3", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 2, BOOTSTRAP)
                .confirms("d4", ok());
        assertEquals(BOOTSTRAP, desk.enabled());
        assertFalse(desk.file.card().lapsed());
        assertEquals(1, desk.outcomes().size());
    }

    @Test
    void expiryInEachStateIsOneOutcome() {
        Duration minute = Duration.ofMinutes(1);
        Desk queued = new Desk().order(enable(), minute);
        queued.after(Duration.ofSeconds(30)).after(LONG);
        assertEquals("EXPIRED", queued.code());
        assertEquals("EXPIRED", Desk.ready().order(enable(), minute).after(LONG).code());
        assertEquals(
                "EXPIRED_UNSETTLED",
                Desk.ready().order(enable(), minute).a2().after(LONG).code());
        assertEquals(
                "EXPIRED_UNSETTLED",
                Desk.ready().order(enable(), minute).a2().b2(ok()).after(LONG).code());
        assertEquals(
                "EXPIRED_UNSETTLED",
                Desk.ready().order(enable(), minute).a2().noAnswer().after(LONG).code());
        Desk late = Desk.ready().order(enable(), minute).a2().noAnswer();
        late.now = late.now.plus(LONG);
        late.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals("EXPIRED_UNSETTLED", late.code());
        Desk first = Desk.ready().order(enable(), minute).a2();
        first.now = first.now.plus(LONG);
        first.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals("EXPIRED_UNSETTLED", first.code());
        Desk confirming = confirming();
        confirming.now = confirming.now.plus(LONG);
        confirming.notifies("d1z", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals("EXPIRED_UNSETTLED", confirming.code());
        Desk back = Desk.ready().order(enable()).a2().b2(ok());
        back.notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 1, BOOTSTRAP)
                .after(LONG);
        assertEquals("ROLLED_BACK", back.code());
        Desk delete = Desk.ready()
                .order(Desk.function(EsFunction.Name.DELETE_PROFILE, "operational"), minute)
                .a2();
        assertEquals("EXPIRED_UNSETTLED", delete.after(LONG).code());
        Desk doubted = new Desk(Desk.bootstrap(), Desk.operational()).order(enable(), minute);
        doubted.order(enable(), Duration.ofMinutes(2)).now = doubted.now.plus(LONG);
        doubted.after(Duration.ZERO);
        assertEquals(2, doubted.outcomes().size());
    }

    @Test
    void aRemovedCardEndsEverything() {
        Desk triggered = Desk.ready().order(enable()).order(enable());
        Desk commanded = Desk.ready().order(enable()).a2();
        Desk awaiting = Desk.ready().order(enable()).a2().b2(ok());
        Desk auditing = Desk.ready().order(enable()).a2().noAnswer();
        for (Desk desk : List.of(triggered, commanded, awaiting, auditing, confirming())) {
            desk.put(new CardInput.Removed());
            assertEquals("CARD_REMOVED", desk.code());
            assertEquals(List.of(), desk.file.procedures());
        }
    }

    @Test
    void onlyOneProcedureIsOutstandingAndTheRestWaitsInOrder() {
        Desk desk = Desk.ready()
                .order(enable())
                .order(Desk.function(EsFunction.Name.DISABLE_PROFILE, "operational"))
                .order(Desk.function(EsFunction.Name.DELETE_PROFILE, "operational"));
        assertEquals(TRIGGERED, desk.state());
        assertEquals(1, desk.sent.size());
        desk.a2().b2(ok()).notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        desk.confirms("d2", ok());
        assertEquals(TRIGGERED, desk.state());
        assertEquals("operation-2", desk.file.outstanding().orElseThrow().operation());
        desk.a2().b2(ok()).notifies("d3", NotificationType.PROFILE_CHANGE_SUCCEEDED, 2, BOOTSTRAP);
        desk.confirms("d4", ok()).a2().b2(ok());
        assertEquals(3, desk.outcomes().size());
        assertEquals(List.of(), desk.file.procedures());
    }

    @Test
    void polTwoDeletesWhatItWantsDeleted() {
        Desk desk = new Desk(
                Desk.profile(
                        BOOTSTRAP,
                        "89000123456789012341",
                        ProfileState.State.ENABLED,
                        false,
                        "bootstrap",
                        DELETE_WHEN_DISABLED),
                Desk.operational());
        desk.online("c1").order(enable()).a2().b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals(COMMANDED, desk.state());
        desk.b2(ok());
        assertEquals(1, desk.file.card().eis().profiles().size());
        assertEquals(1, desk.outcomes().size());
    }

    @Test
    void proceduresWaitForTheRegistration() {
        Desk desk = new Desk().online("c1").order(enable());
        assertEquals(List.of(), desk.steps());
        desk.put(new CardInput.Registered(
                "r",
                new Eis(Desk.EID, List.of(Desk.bootstrap(), Desk.operational())),
                io.godwit.gsma.scp80.Counter.ZERO));
        assertEquals(List.of(FlowStep.A1), desk.steps());
    }

    @Test
    void aRequestIsGrantedByThePolicyAndCarriedOutWithoutATrigger() {
        Desk desk = Desk.ready().requests("d1", Desk.allows("meters"));
        assertEquals(List.of(FlowStep.D2, FlowStep.B1), desk.steps());
        StepBody.RequestAccepted accepted =
                assertInstanceOf(StepBody.RequestAccepted.class, Desk.body((Outgoing.Message) desk.sent.get(0)));
        assertEquals(desk.file.outstanding().orElseThrow().operation(), accepted.operation());
        desk.requests("d1", Desk.allows("meters"));
        assertEquals(desk.sent.get(0), desk.last());
        desk.requests("d2", Desk.allows("meters"));
        assertEquals(accepted.operation(), ((StepBody.RequestAccepted) Desk.body(desk.last())).operation());
        assertEquals(1, desk.file.procedures().size());
    }

    @Test
    void aRequestWithoutOnePolicyIsRefusedWithItsReason() {
        GroupPolicy refuses = new GroupPolicy(new Gid("lamps"), RequestPolicy.NONE);
        assertInstanceOf(
                StepBody.RequestRefused.class,
                Desk.body(Desk.ready().requests("d1").last()));
        assertInstanceOf(
                StepBody.RequestRefused.class,
                Desk.body(Desk.ready().requests("d1", refuses).last()));
        Desk two = Desk.ready().requests("d1", Desk.allows("a"), Desk.allows("b"));
        assertInstanceOf(StepBody.RequestRefused.class, Desk.body(two.last()));
        two.requests("d2", new Address.Member(Desk.NID, new Gid("b")), Desk.allows("a"), Desk.allows("b"));
        assertEquals(COMMANDED, two.state());
        Desk stranger = Desk.ready().requests("d1", new Address.Member(Desk.NID, new Gid("x")), Desk.allows("a"));
        assertInstanceOf(StepBody.RequestRefused.class, Desk.body(stranger.last()));
    }

    @Test
    void aConnectionElsewhereClosesTheOldOne() {
        Desk desk = Desk.ready();
        desk.put(new CardInput.Online(new Connection("node-2", "boot-9", "c7", desk.now)));
        assertInstanceOf(Outgoing.CloseConnection.class, desk.sent.get(0));
        desk.offline("c1");
        assertTrue(desk.file.card().online());
        desk.put(new CardInput.NodeRestarted("node-2", "boot-10", desk.now.plusSeconds(1)));
        assertFalse(desk.file.card().online());
        assertNotEquals(List.of(), desk.facts);
    }

    @Test
    void anOpenDialogueIsRepeatedWhenTheCardReturnsAndWhenNobodyAnswers() {
        Desk desk = confirming().after(Duration.ofSeconds(15)).offline("c1").online("c2");
        assertEquals(List.of(FlowStep.A1, FlowStep.B1, FlowStep.D2, FlowStep.D2, FlowStep.D2), desk.steps());
        Desk auditing = Desk.ready().order(enable()).a2().noAnswer().after(Duration.ofSeconds(15));
        auditing.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals(CONFIRMING, auditing.state());
    }
}
