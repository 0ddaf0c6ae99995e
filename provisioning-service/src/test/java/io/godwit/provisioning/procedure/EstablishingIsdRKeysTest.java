package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.ProcedureState.Kind.ENDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ESTABLISHING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.FINALISING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.PRESENTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.smsr.SmSr;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.card.KeySet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EstablishingIsdRKeysTest {
    private static final EsFunction NEW_KEYS = new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null);

    @AfterAll
    static void theTableIsTheWholeMachine() {
        Desk.checkTable(Desk::isOfIsdRKeys);
    }

    @Test
    void threeCommandsGiveTheCardNewKeysAndTakeTheFormer() {
        DownloadDesk at = ordered();
        assertEquals(List.of(FlowStep.A1), at.desk.steps());
        at.a2();
        assertEquals(PRESENTING, at.state());
        at.b2();
        assertEquals(ESTABLISHING, at.state());
        assertEquals(Desk.KEYS, at.desk.keys);
        at.b2();
        assertEquals(FINALISING, at.state());
        assertEquals(2, at.desk.keys.keySetVersion());
        assertTrue(at.desk.facts.contains(
                new Fact.KeysChanged(2, at.desk.file.card().eis().states())));
        assertEquals(Counter.ZERO.next(), at.desk.pending().counter());
        at.b2();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
        assertNotEquals(Desk.KEYS.kic(), at.desk.keys.kic());
        at.desk.order(new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null));
        at.a2().b2();
        assertEquals(List.of(Outcome.SUCCEEDED, Outcome.SUCCEEDED), at.desk.outcomes());
    }

    @Test
    void againGivesOthersAndTheVersionGoesRound() {
        DownloadDesk at = new DownloadDesk();
        List<Scp80Keys> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            at.desk.order(NEW_KEYS);
            at.a2().untilEnd();
            all.add(at.desk.keys);
        }
        assertEquals(16, all.stream().map(Scp80Keys::kic).distinct().count());
        assertEquals(2, all.get(15).keySetVersion());
        assertEquals(1, all.get(14).keySetVersion());
        assertEquals(
                16,
                at.desk.outcomes().stream().filter(Outcome.SUCCEEDED::equals).count());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
    }

    @Test
    void anAgreementThatBeganUnderTheFormerDataKeyIsFinishedUnderIt() {
        DownloadDesk at = ordered().a2().b2();
        assertEquals(ESTABLISHING, at.state());
        SmSr before = at.desk.smSr;
        at.desk.smSr = new SmSr() {
            @Override
            public Optional<Identity> identity() {
                return before.identity();
            }

            @Override
            public SecretOctets ephemeralKey(UUID procedure, int message) {
                return before.ephemeralKey(procedure, message + 1000);
            }

            @Override
            public Optional<SecretOctets> formerEphemeralKey(UUID procedure, int message) {
                return Optional.of(before.ephemeralKey(procedure, message));
            }
        };
        at.b2();
        assertEquals(FINALISING, at.state());
        at.b2();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
    }

    @Test
    void whatTheEisTellsIsAnsweredWithoutTheCard() {
        DownloadDesk noSmSr = new DownloadDesk();
        noSmSr.desk.smSr = SmSr.NONE;
        assertEquals("NO_SM_SR", refusedAtOnce(noSmSr));
        DownloadDesk noEcasd = new DownloadDesk();
        noEcasd.desk.smDp = new WorldSmDp(new Random(1));
        assertEquals("NO_ECASD_CERTIFICATE", refusedAtOnce(noEcasd));
        DownloadDesk late = new DownloadDesk();
        late.desk.now = late.desk.now.plus(Duration.ofDays(365 * 40));
        assertEquals("CARD_NOT_TRUSTED", refusedAtOnce(late));
    }

    @Test
    void theCardsRefusalsAreTold() {
        DownloadDesk plain = ordered().a2();
        plain.card = CardFactory.personalise(
                Desk.EID,
                List.of(Desk.KEYS),
                List.of(IsdP.withProfile(0, Desk.bootstrap().state().iccid(), 1000)));
        plain.b2();
        assertEquals("CARD_REFUSED_UNKNOWN_REFERENCE", plain.desk.code());
        DownloadDesk other = ordered().a2().b2();
        // The EIS tells of another card's ECASD now.
        other.smDp.equip(Desk.NID, plain.card);
        other.b2();
        assertEquals("RECEIPT_WRONG", other.desk.code());
        assertEquals(Desk.KEYS, other.desk.keys);
    }

    @Test
    void aPowerCutBetweenTheStepsBeginsThemAnew() {
        DownloadDesk at = ordered().a2().b2().reboots().b2();
        assertEquals(PRESENTING, at.state());
        at.untilEnd();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
    }

    @Test
    void anAnswerThatIsLostCostsAnotherRoundAndNothingElse() {
        DownloadDesk at = ordered().a2().b2();
        at.execute();
        unanswered(at);
        assertEquals(PRESENTING, at.state());
        assertEquals(Desk.KEYS, at.desk.keys);
        at.b2().b2();
        assertEquals(FINALISING, at.state());
        at.execute();
        unanswered(at);
        assertEquals(FINALISING, at.state());
        at.b2();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
    }

    @Test
    void whatIsInterruptedTooOftenEndsWithTheFormerKeys() {
        DownloadDesk at = ordered().a2();
        for (int i = 0; i < 9; i++) {
            unanswered(at);
        }
        assertEquals("KEYS_INTERRUPTED", at.desk.code());
        assertEquals(Desk.KEYS, at.desk.keys);
    }

    @Test
    void whereTheFormerKeysStayThePlatformGoesOnByItself() {
        DownloadDesk at = ordered().a2();
        unanswered(at);
        at.b2().b2();
        for (int i = 0; i < 9; i++) {
            assertEquals(List.of(), at.desk.outcomes(), "each step has tries of its own");
            unanswered(at);
        }
        assertEquals("FORMER_KEYS_KEPT", at.desk.code());
        assertEquals(2, at.desk.keys.keySetVersion());
        assertEquals(FINALISING, at.state());
        for (int i = 0; i < 20; i++) {
            unanswered(at);
        }
        at.b2();
        assertEquals(Optional.empty(), at.desk.file.outstanding());
        assertEquals(List.of(at.desk.keys), keysOf(at.card));
        assertEquals(1, at.desk.outcomes().size());
    }

    @Test
    void aCardThatIsBusyIsAskedAgainAfterAWhile() {
        DownloadDesk at = ordered().a2();
        int sent = at.desk.sent.size();
        at.desk.b2(ResponseStatus.MORE_TIME);
        assertEquals(sent, at.desk.sent.size());
        at.desk.after(Duration.ofSeconds(15));
        assertEquals(sent + 1, at.desk.sent.size());
        at.untilEnd();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
    }

    @Test
    void whatTheCardRefusesAfterTheSwitchIsAWarning() {
        DownloadDesk at = ordered().a2().b2().b2();
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(),
                at.desk.pending().counter().value(),
                new ResponsePacket(
                                SecurityDomains.ISD_R_TAR,
                                at.desk.pending().counter(),
                                ResponseStatus.CIPHERING_ERROR,
                                Octets.EMPTY)
                        .encode(at.desk.keys)));
        assertEquals("FORMER_KEYS_KEPT", at.desk.code());
        at.b2();
        assertEquals(Optional.empty(), at.desk.file.outstanding());
    }

    @Test
    void whatADownloadHasLeftOpenIsEndedByTheFirstRefusal() {
        DownloadDesk at = new DownloadDesk();
        Aid isdP = SecurityDomains.isdP(2);
        List<CommandApdu> open = new ArrayList<>(new CreateIsdP(isdP, Optional.of(1000)).commands());
        open.add(new InstallForPersonalization(isdP).command());
        open.add(new PresentCertificate(at.smDp.identity().orElseThrow().certificate()).command());
        at.card = at.card
                .receive(new CommandPacket(
                                Spi.SGP02,
                                1,
                                SecurityDomains.ISD_R_TAR,
                                Counter.ZERO.next(),
                                new CommandScript(open).encode())
                        .encode(Desk.KEYS))
                .next();
        at.desk.order(NEW_KEYS);
        at.a2().untilEnd();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
    }

    @Test
    void aCounterThatIsTooLowAgainBeginsTheNextEpoch() {
        DownloadDesk at = ordered().a2();
        at.desk.b2(ResponseStatus.COUNTER_LOW);
        assertEquals(0, at.desk.pending().counter().epoch());
        at.desk.b2(ResponseStatus.COUNTER_LOW);
        assertEquals(1, at.desk.pending().counter().epoch());
        at.untilEnd();
        assertEquals(List.of(Outcome.SUCCEEDED), at.desk.outcomes());
        DownloadDesk other = ordered().a2();
        other.desk.b2(ResponseStatus.CIPHERING_ERROR);
        assertEquals("PACKET_CIPHERING_ERROR", other.desk.code());
    }

    @Test
    void answersThatTheCardCouldNotReadAnyMoreAreNotGivenAgain() {
        DownloadDesk at = new DownloadDesk();
        at.desk.notifies("d-1", NotificationType.EUICC_DECLARATION, 1, Desk.BOOTSTRAP);
        at.desk.confirms("d-2", Desk.ok());
        assertEquals(2, at.desk.file.card().answers().size());
        at.desk.order(NEW_KEYS);
        at.a2().untilEnd();
        assertEquals(
                List.of("d-2"),
                at.desk.file.card().answers().stream().map(Answer::id).toList());
    }

    @Test
    void aNotificationUnderTheFormerKeysIsLeftUntilTheCardUsesTheNew() {
        DownloadDesk at = ordered().a2().b2().b2();
        at.desk.ignored.clear();
        at.desk.notifies("d-1", NotificationType.EUICC_DECLARATION, 1, Desk.BOOTSTRAP);
        assertEquals(List.of(Ignored.NOT_AUTHENTIC), at.desk.ignored);
        at.b2();
        Octets packet = NotificationPacket.seal(
                new Notification(Desk.EID, NotificationType.EUICC_DECLARATION, 1, Desk.BOOTSTRAP), at.desk.keys);
        at.desk.says(new StepBody.CardNotification("d-1", packet));
        assertEquals(FlowStep.D2, at.desk.last().step());
    }

    @Test
    void theEndOfTheValiditySaysWhichKeysAreInUse() {
        DownloadDesk unsent = new DownloadDesk();
        unsent.desk.order(NEW_KEYS);
        assertTrue(expired(unsent).detail().contains("not reached"));
        DownloadDesk early = ordered().a2().b2();
        assertTrue(expired(early).detail().contains("those from before are in use"));
        assertEquals(Optional.empty(), early.desk.file.outstanding());
        DownloadDesk late = ordered().a2().b2().b2();
        Outcome warned = expired(late);
        assertEquals("FORMER_KEYS_KEPT", warned.code());
        assertEquals(Outcome.Status.EXECUTED_WITH_WARNING, warned.status());
        assertEquals(FINALISING, late.state());
        late.b2();
        assertEquals(Optional.empty(), late.desk.file.outstanding());
        assertEquals(List.of(late.desk.keys), keysOf(late.card));
        assertEquals(1, late.desk.outcomes().size());
    }

    @Test
    void aCardThatIsRemovedEndsIt() {
        DownloadDesk at = ordered().a2().b2().b2();
        at.desk.put(new CardInput.Removed());
        assertEquals("CARD_REMOVED", at.desk.code());
        assertEquals(ENDED, at.state());
    }

    @Test
    void silenceIsAskedAgainWithTheSameOctets() {
        DownloadDesk at = ordered().a2().b2().b2();
        Octets before = at.desk.last().payload();
        for (int i = 0; i < 8; i++) {
            at.desk.after(Duration.ofMinutes(6));
        }
        at.desk.offline("c1").online("c2");
        assertEquals(before, at.desk.last().payload());
        assertEquals(FINALISING, at.state());
    }

    /** An answer under the former keys that comes late is not of this step. */
    @Test
    void aLateAnswerIsNotTakenForAnother() {
        DownloadDesk at = ordered().a2().b2();
        StepBody.CommandResult early = at.execute();
        at.desk.says(early);
        assertEquals(FINALISING, at.state());
        at.desk.ignored.clear();
        at.desk.says(early);
        assertEquals(List.of(Ignored.NOT_AWAITED), at.desk.ignored);
        ResponsePacket forged = new ResponsePacket(
                SecurityDomains.ISD_R_TAR, at.desk.pending().counter(), ResponseStatus.POR_OK, Octets.EMPTY);
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(), at.desk.pending().counter().value(), forged.encode(Desk.KEYS)));
        assertEquals(List.of(Ignored.NOT_AWAITED, Ignored.NOT_AUTHENTIC), at.desk.ignored);
        assertEquals(FINALISING, at.state());
    }

    /** The device says that the card gave no answer, and the pause after that passes. */
    private static void unanswered(DownloadDesk at) {
        at.desk.noAnswer();
        at.desk.after(Duration.ofMinutes(6));
    }

    private static DownloadDesk ordered() {
        DownloadDesk at = new DownloadDesk();
        at.desk.order(NEW_KEYS, Duration.ofDays(1));
        return at;
    }

    private static String refusedAtOnce(DownloadDesk at) {
        at.desk.order(NEW_KEYS);
        assertEquals(List.of(), at.desk.steps());
        return at.desk.code();
    }

    private static Outcome expired(DownloadDesk at) {
        at.desk.after(Duration.ofDays(2));
        return at.desk.outcomes().get(0);
    }

    private static List<Scp80Keys> keysOf(EuiccCard card) {
        return card.state().keySets().stream().map(KeySet::keys).toList();
    }
}
