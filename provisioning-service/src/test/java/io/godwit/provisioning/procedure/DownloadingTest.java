package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.ProcedureState.Kind.AUDITING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.AWAITING_NOTIFICATION;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.CREATING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.DOWNLOADING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ENDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ESTABLISHING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.PRESENTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.profile.End;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.gsma.scp03t.Scp03tCommand;
import io.godwit.gsma.scp03t.Scp03tError;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.DownloadSession;
import io.godwit.provisioning.smdp.SmDp;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.IsdP;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DownloadingTest {
    private static final Aid NEW = SecurityDomains.isdP(2);

    @AfterAll
    static void theTableIsTheWholeMachine() {
        Desk.checkTable(Desk::isOfDownload);
    }

    @Test
    void threeCommandsBringAProfileToTheCard() {
        DownloadDesk at = new DownloadDesk(Optional.of(100_000)).order(false).a2();
        assertEquals(CREATING, at.state());
        assertEquals(Optional.of(ProfileState.State.IN_CREATION), at.inEis(NEW));
        at.b2();
        assertEquals(ESTABLISHING, at.state());
        assertEquals(Optional.of(ProfileState.State.CREATED), at.inEis(NEW));
        at.b2();
        assertEquals(DOWNLOADING, at.state());
        assertFalse(at.holdsTheProfile());
        at.b2();
        assertEquals(ENDED, at.state());
        assertEquals("Executed-Success", at.desk.code());
        assertTrue(at.holdsTheProfile());
        assertEquals(Optional.of(ProfileState.State.DISABLED), at.inEis(NEW));
        assertEquals(List.of(FlowStep.A1, FlowStep.B1, FlowStep.B1, FlowStep.B1), at.desk.steps());
        int granted = at.third().orElseThrow().grantedMemory();
        assertEquals(Optional.of(100_000 - granted), at.desk.file.card().eis().freeMemory());
        Fact.Ended ended = (Fact.Ended) at.desk.facts.get(at.desk.facts.size() - 1);
        assertEquals(EsFunction.Name.DOWNLOAD_PROFILE, ended.function().name());
        assertEquals("B1", ended.commandedBy());
        assertEquals(List.of(), at.desk.file.procedures());
    }

    @Test
    void theProfileIsEnabledIfThatWasAskedFor() {
        DownloadDesk at = new DownloadDesk().order(true).a2().b2().b2().b2();
        assertEquals(COMMANDED, at.state());
        assertTrue(at.holdsTheProfile());
        at.b2();
        assertEquals(AWAITING_NOTIFICATION, at.state());
        at.desk
                .notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, NEW)
                .confirms("d2", Desk.ok());
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(NEW, at.desk.enabled());
        assertEquals(1, at.desk.outcomes().size());
    }

    @Test
    void aProfileThatFindsNoNetworkStaysOnTheCardDisabled() {
        DownloadDesk at = new DownloadDesk().order(true).a2().b2().b2().b2().b2();
        at.desk
                .notifies("d1", NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 1, Desk.BOOTSTRAP)
                .confirms("d2", Desk.ok());
        assertEquals("ROLLED_BACK", at.desk.code());
        assertEquals(Optional.of(ProfileState.State.DISABLED), at.inEis(NEW));
        assertEquals(Desk.BOOTSTRAP, at.desk.enabled());
    }

    @Test
    void aLimitOnMessagesCutsBetweenSegments() {
        for (int limit = 1024; limit < 6000; limit += 331) {
            DownloadDesk at = new DownloadDesk().limited(limit);
            at.order(WorldSmDp.profile(1, 5000), false, Optional.empty()).a2().untilEnd();
            assertEquals("Executed-Success", at.desk.code());
            assertTrue(at.holdsTheProfile());
            for (Outgoing sent : at.desk.sent) {
                Octets payload = ((Outgoing.Message) sent).payload();
                int most = limit;
                assertTrue(payload.length() <= limit, () -> payload.length() + " octets in a message of " + most);
            }
        }
    }

    @Test
    void aCardIsNotAskedForWhatItsEisForbids() {
        refused("NO_SM_DP", at -> at.desk.smDp = SmDp.NONE, WorldSmDp.profile(1));
        refused("PACKAGE_OF_ANOTHER_ICCID", at -> {}, WorldSmDp.profile(2));
        refused("PACKAGE_UNREADABLE", at -> {}, SecretOctets.copyOf(Octets.fromHex("a0030102")));
        refused("NO_ECASD_CERTIFICATE", at -> at.desk.smDp = new WorldSmDp(new Random(1)), WorldSmDp.profile(1));
        DownloadDesk small = new DownloadDesk(Optional.of(500)).order(false);
        assertEquals("NOT_ENOUGH_MEMORY", small.desk.code());
        DownloadDesk late = new DownloadDesk();
        late.desk.now = WorldSmDp.BORN.minus(Duration.ofDays(1));
        assertEquals("CARD_NOT_TRUSTED", late.order(false).desk.code());
        DownloadDesk twice = new DownloadDesk().order(false).a2().b2().b2().b2();
        twice.desk.put(new CardInput.Ordered(Procedure.queued(
                        Procedure.idOf("another"),
                        "operation-2",
                        new Purpose.DownloadProfile(
                                new ProfileDownload(WorldSmDp.iccid(1), Optional.empty(), false, Optional.empty())),
                        Origin.ORDER,
                        twice.desk.now.plusSeconds(60))
                .with(Download.of(DownloadSecrets.of(WorldSmDp.profile(1))))));
        assertEquals("ICCID_ON_CARD", twice.desk.code());
    }

    @Test
    void whatTheCardHasAskedForBeginsWithoutATrigger() {
        DownloadDesk at = new DownloadDesk();
        ProfileDownload profile =
                new ProfileDownload(WorldSmDp.iccid(1), Optional.of("downloaded"), false, Optional.empty());
        at.desk.put(new CardInput.Ordered(Procedure.queued(
                        Procedure.idOf("download", "1"),
                        "operation-1",
                        new Purpose.DownloadProfile(profile),
                        Origin.CLIENT,
                        at.desk.now.plus(Duration.ofHours(1)))
                .with(Download.of(DownloadSecrets.of(WorldSmDp.profile(1, 2500))))));
        assertEquals(List.of(FlowStep.B1), at.desk.steps());
        assertEquals("Executed-Success", at.untilEnd().desk.code());
    }

    @Test
    void pol2OfTheEnabledProfileIsAskedBeforeAnythingIsSent() {
        DownloadDesk at = new DownloadDesk();
        Pol2Rule never = new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
        Card card = at.desk.file.card();
        at.desk.file = new CardFile(
                card.with(new Eis(Desk.EID, List.of(Desk.bootstrap(never), Desk.operational()))), List.of());
        assertEquals("POL2_FORBIDS", at.order(true).desk.code());
        assertEquals(List.of(), at.desk.sent);
        assertEquals(
                "Executed-Success", at.order(false).a2().b2().b2().b2().desk.code());
    }

    private static void refused(String code, Consumer<DownloadDesk> when, SecretOctets profilePackage) {
        DownloadDesk at = new DownloadDesk();
        when.accept(at);
        at.order(profilePackage, false, Optional.empty());
        assertEquals(code, at.desk.code());
        assertEquals(List.of(), at.desk.sent);
        assertNotNull(at.desk.outcomes().get(0).detail());
        assertFalse(at.desk.outcomes().get(0).detail().isBlank());
    }

    @Test
    void aCardThatHasLessMemoryThanItsEisSaysRefusesItself() {
        DownloadDesk at = new DownloadDesk().order(WorldSmDp.profile(1), false, Optional.of(2_000_000));
        at.a2().b2();
        assertEquals("NOT_ENOUGH_MEMORY", at.desk.code());
        assertEquals(Optional.empty(), at.inEis(NEW));
        assertEquals(List.of(), at.desk.file.procedures());
    }

    @Test
    void anIsdPThatTheEisDoesNotKnowIsLeftAlone() {
        DownloadDesk at = new DownloadDesk();
        // Somebody has made it before the card was ours.
        at.card = at.card
                .receive(new CommandPacket(
                                Spi.SGP02,
                                1,
                                SecurityDomains.ISD_R_TAR,
                                new Counter(1),
                                new CommandScript(new CreateIsdP(NEW, Optional.of(100)).commands()).encode())
                        .encode(Desk.KEYS))
                .next();
        at.desk.file = new CardFile(at.desk.file.card().withCounter(new Counter(1)), List.of());
        at.order(false).a2().b2();
        assertEquals(AUDITING, at.state());
        at.b2();
        assertEquals(CREATING, at.state());
        at.untilEnd();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(Optional.of(ProfileState.State.DISABLED), at.inEis(SecurityDomains.isdP(3)));
        assertEquals(Optional.empty(), at.inEis(NEW));
    }

    @Test
    void aCardThatHasLostItsPowerIsShownTheCertificateAgain() {
        DownloadDesk at = new DownloadDesk().order(false).a2().b2().reboots().b2();
        assertEquals(PRESENTING, at.state());
        at.b2();
        assertEquals(ESTABLISHING, at.state());
        at.untilEnd();
        assertEquals("Executed-Success", at.desk.code());
        assertTrue(at.holdsTheProfile());
    }

    @Test
    void aSessionThatIsLostBeginsAgainFromTheFirstSegment() {
        DownloadDesk at =
                new DownloadDesk().limited(1500).order(false).a2().b2().b2().b2();
        assertEquals(1, session(at).counter().value());
        assertTrue(session(at).first() > 0);
        at.reboots().b2();
        assertEquals(DOWNLOADING, at.state());
        assertEquals(2, session(at).counter().value());
        assertEquals(0, session(at).first());
        at.untilEnd();
        assertEquals("Executed-Success", at.desk.code());
    }

    @Test
    void theCardsOwnCountOfItsSessionsCounts() {
        DownloadDesk at =
                new DownloadDesk().limited(1500).order(false).a2().b2().b2();
        // The card opens the session, and nobody hears of it.
        at.execute();
        at.reboots();
        at.desk.noAnswer();
        at.b2();
        assertEquals(DOWNLOADING, at.state());
        assertEquals(2, session(at).counter().value());
        at.untilEnd();
        assertEquals("Executed-Success", at.desk.code());
        DownloadDesk behind =
                new DownloadDesk().limited(1500).order(false).a2().b2().b2();
        behind.desk.noAnswer();
        behind.b2();
        // Ours is ahead: the card has never got the first session.
        assertEquals(2, session(behind).counter().value());
        behind.untilEnd();
        assertEquals("Executed-Success", behind.desk.code());
        assertTrue(behind.holdsTheProfile());
    }

    private static DownloadSession session(DownloadDesk at) {
        return Objects.requireNonNull(at.desk.file.outstanding().orElseThrow().download())
                .session()
                .orElseThrow();
    }

    @Test
    void aLostAnswerIsSettledByAnAudit() {
        // To CreateISDP: the card has made it, or has not.
        DownloadDesk made = new DownloadDesk().order(false).a2();
        made.execute();
        made.desk.noAnswer();
        assertEquals(AUDITING, made.state());
        made.b2();
        assertEquals(PRESENTING, made.state());
        assertEquals("Executed-Success", made.untilEnd().desk.code());
        DownloadDesk notMade = new DownloadDesk().order(false).a2();
        notMade.desk.noAnswer();
        notMade.b2();
        assertEquals(CREATING, notMade.state());
        assertEquals("Executed-Success", notMade.untilEnd().desk.code());
        // To the key parameters: the card has keys that we have not.
        DownloadDesk agreed = new DownloadDesk().order(false).a2().b2();
        agreed.execute();
        agreed.desk.noAnswer();
        agreed.b2();
        assertEquals(PRESENTING, agreed.state());
        assertEquals("Executed-Success", agreed.untilEnd().desk.code());
        // To the last segment: the profile is there.
        DownloadDesk done = new DownloadDesk().order(false).a2().b2().b2();
        done.execute();
        done.desk.noAnswer();
        done.b2();
        assertEquals("Executed-Success", done.desk.code());
        assertTrue(done.holdsTheProfile());
    }

    @Test
    void aCardThatIsSilentIsAudited() {
        DownloadDesk at = new DownloadDesk().order(false).a2();
        for (int i = 0; i < 5; i++) {
            assertEquals(CREATING, at.state());
            at.desk.after(Duration.ofMinutes(6));
        }
        assertEquals(AUDITING, at.state());
    }

    @Test
    void theElementThatACardRefusesIsNamed() {
        List<ProfileElement> elements = new ArrayList<>(whole().elements());
        // A second PIN element for the same directory.
        int pins = 0;
        while (!elements.get(pins).kind().literal().equals("pinCodes")) {
            pins++;
        }
        elements.add(pins + 1, elements.get(pins));
        DownloadDesk at = new DownloadDesk()
                .order(SecretOctets.copyOf(new ProfilePackage(elements).encode()), false, Optional.of(20_000));
        at.a2().b2().b2().b2();
        assertEquals("PROFILE_REFUSED", at.desk.code());
        String detail = String.valueOf(at.desk.outcomes().get(0).detail());
        assertTrue(detail.contains("element pinCodes"), detail);
        // And what is left of it goes, after a look at what is there.
        assertEquals(AUDITING, at.state());
        assertEquals(Optional.of(ProfileState.State.CREATED), at.inEis(NEW));
        at.b2();
        assertEquals(COMMANDED, at.state());
        at.b2();
        assertEquals(Optional.empty(), at.third());
        assertEquals(Optional.empty(), at.inEis(NEW));
        assertEquals(1, at.desk.outcomes().size());
    }

    @Test
    void aPackageWithoutItsEndIsGivenUp() {
        List<ProfileElement> elements = new ArrayList<>(whole().elements());
        elements.removeIf(End.class::isInstance);
        DownloadDesk at = new DownloadDesk()
                .order(SecretOctets.copyOf(new ProfilePackage(elements).encode()), false, Optional.of(20_000));
        at.a2().b2().b2().b2();
        assertEquals("PACKAGE_INCOMPLETE", at.desk.code());
        assertEquals(Optional.empty(), at.untilEnd().third());
    }

    private static ProfilePackage whole() {
        return ((Reading.Read<ProfilePackage>)
                        ProfilePackage.decode(WorldSmDp.profile(1).reveal()))
                .value();
    }

    @Test
    void aCardWithoutTheKeyOfItsCertificateGetsNoProfile() {
        DownloadDesk at = new DownloadDesk();
        // The EIS has the certificate of another key for the same EID.
        at.smDp.equip(Desk.NID, at.card);
        at.order(false).a2().b2().b2();
        assertEquals("RECEIPT_WRONG", at.desk.code());
        assertEquals(Optional.empty(), at.untilEnd().third());
    }

    @Test
    void aCardThatLosesItsPowerAllTheTimeIsGivenUpAndCleaned() {
        DownloadDesk at = new DownloadDesk().order(false).a2().b2();
        for (int i = 0; i < 60 && at.desk.outcomes().isEmpty(); i++) {
            at.reboots().b2();
        }
        assertEquals("DOWNLOAD_INTERRUPTED", at.desk.code());
        assertEquals(Optional.empty(), at.untilEnd().third());
        assertEquals(Optional.empty(), at.inEis(NEW));
    }

    @Test
    void whatTheCardDidNotTakeIsGivenUpAndCleaned() {
        DownloadDesk noEcasd = new DownloadDesk();
        noEcasd.card = CardFactory.personalise(
                Desk.EID,
                List.of(Desk.KEYS),
                List.of(noEcasd.card.state().isdPs().get(0)));
        noEcasd.order(false).a2().b2();
        assertEquals("CARD_REFUSED_UNKNOWN_REFERENCE", noEcasd.desk.code());
        assertEquals(1, noEcasd.untilEnd().card.state().isdPs().size());
    }

    @Test
    void aDownloadCanEndInEachOfItsSteps() {
        for (int steps = 0; steps < 4; steps++) {
            assertEquals(
                    "EXPIRED", inStep(steps).desk.after(Duration.ofHours(2)).code());
            DownloadDesk expired = inStep(steps);
            expired.desk.after(Duration.ofHours(2));
            expired.untilEnd();
            assertEquals(Optional.empty(), expired.inEis(NEW));
            assertEquals(Outcome.Status.EXPIRED, expired.desk.outcomes().get(0).status());
            DownloadDesk removed = inStep(steps);
            removed.desk.put(new CardInput.Removed());
            assertEquals("CARD_REMOVED", removed.desk.code());
            DownloadDesk again = inStep(steps);
            ProcedureState.Kind before = again.state();
            again.desk.offline("c1").online("c2");
            assertEquals(before, again.state());
            DownloadDesk silent = inStep(steps);
            for (int i = 0; i < 5; i++) {
                silent.desk.after(Duration.ofMinutes(6));
            }
            assertEquals(AUDITING, silent.state());
            DownloadDesk garbled = inStep(steps);
            garbled.desk.noAnswer();
            assertEquals(AUDITING, garbled.state());
        }
    }

    @Test
    void aCardThatHasLostItsKeysAgreesOnOthers() {
        DownloadDesk at = new DownloadDesk().order(false).a2().b2();
        at.b2();
        Octets answer = new DownloadScript(
                        List.of(Scp03tError.REFERENCE_NOT_FOUND.encode(Scp03tCommand.INITIALIZE_UPDATE)))
                .encodeAnswers();
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(),
                0,
                new ResponsePacket(
                                SecurityDomains.isdPTar(NEW).orElseThrow(),
                                at.desk.pending().counter(),
                                ResponseStatus.POR_OK,
                                answer)
                        .encode(Desk.KEYS)));
        assertEquals(PRESENTING, at.state());
        at.untilEnd();
        assertEquals("Executed-Success", at.desk.code());
    }

    /** The certificate's second showing is refused. */
    @Test
    void aCertificateThatIsRefusedEndsTheDownload() {
        DownloadDesk at = inStep(1);
        at.desk.b2(Desk.ok(), Desk.sw(0x6640));
        assertEquals("CARD_REFUSED_CERTIFICATE_REFUSED", at.desk.code());
        assertEquals(Optional.empty(), at.untilEnd().third());
    }

    /** The card does not hold a group that we thought it held, and its script ends there. */
    @Test
    void aGroupThatTheCardDoesNotHoldCostsOneMoreCommand() {
        for (int step = 0; step < 2; step++) {
            DownloadDesk at = new DownloadDesk();
            Sight sight = new Sight(EcKeyPair.generate(new SecureRandom()).publicKey());
            sight.memberships.add(new Groups.Membership(new Gid("g"), 1, 1, new Counter(5)));
            at.order(false);
            at.desk.groups = sight;
            if (step == 1) {
                at.a2().b2().reboots();
            }
            at.desk.file = new CardFile(
                    at.desk.file.card().holding(List.of(new HeldGroup(new Gid("g"), 1, 1, Counter.ZERO, "00"))),
                    at.desk.file.procedures());
            if (step == 1) {
                at.b2();
            } else {
                at.a2();
            }
            ProcedureState.Kind before = at.state();
            at.desk.b2(Desk.sw(0x6a88));
            assertEquals(before, at.state());
            assertEquals("Executed-Success", at.untilEnd().desk.code());
            assertTrue(at.holdsTheProfile());
        }
    }

    /** The card was somebody else's before, or was registered again with the EIS of its factory. */
    @Test
    void aProfileThatTheEisDoesNotKnowIsNeitherTakenForOursNorDeleted() {
        DownloadDesk at = withUnknownProfile();
        Iccid unknown = at.third().orElseThrow().iccid().orElseThrow();
        at.order(false).a2();
        at.execute();
        at.desk.noAnswer().after(Duration.ofHours(2));
        assertEquals("EXPIRED", at.desk.code());
        at.untilEnd();
        assertEquals(Optional.of(unknown), at.third().orElseThrow().iccid());
        assertEquals(Optional.empty(), at.inEis(NEW));
        assertEquals(List.of(), at.desk.file.procedures());
        DownloadDesk next = withUnknownProfile().order(false).a2().untilEnd();
        assertEquals("Executed-Success", next.desk.code());
        assertEquals(Optional.of(unknown), next.third().orElseThrow().iccid());
        assertEquals(Optional.of(ProfileState.State.DISABLED), next.inEis(SecurityDomains.isdP(3)));
    }

    private static DownloadDesk withUnknownProfile() {
        DownloadDesk at = new DownloadDesk();
        List<IsdP> isdPs = new ArrayList<>(at.card.state().isdPs());
        isdPs.add(IsdP.withProfile(2, WorldSmDp.iccid(77), 1000));
        at.card = at.smDp.equip(Desk.NID, CardFactory.personalise(Desk.EID, List.of(Desk.KEYS), isdPs));
        return at;
    }

    @Test
    void aCertificateThatWasReplacedMeanwhileIsShownAnew() {
        DownloadDesk at = inStep(2);
        at.desk.b2(Desk.sw(0x6600));
        assertEquals(PRESENTING, at.state());
        assertEquals("Executed-Success", at.untilEnd().desk.code());
    }

    @Test
    void aCardThatWasRegisteredAgainWithoutItsCertificateIsGivenUp() {
        DownloadDesk at = inStep(2);
        at.desk.smDp = new WorldSmDp(new Random(3));
        at.b2();
        assertEquals("NO_ECASD_CERTIFICATE", at.desk.code());
        assertEquals(Optional.empty(), at.untilEnd().third());
    }

    @Test
    void anIsdPThatIsGoneIsLookedFor() {
        DownloadDesk at = inStep(3);
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(),
                0,
                new ResponsePacket(
                                SecurityDomains.isdPTar(NEW).orElseThrow(),
                                at.desk.pending().counter(),
                                ResponseStatus.TAR_UNKNOWN,
                                Octets.EMPTY)
                        .encode(Desk.KEYS)));
        assertEquals(AUDITING, at.state());
        assertEquals("Executed-Success", at.untilEnd().desk.code());
    }

    @Test
    void aProfileThatThereWasNoTimeToEnableStays() {
        DownloadDesk at = inStep(3, true);
        StepBody.CommandResult answer = at.execute();
        at.desk.offline("c1").says(answer);
        assertEquals(COMMANDED, at.state());
        at.desk.after(Duration.ofHours(2));
        assertEquals("EXPIRED", at.desk.code());
        assertTrue(String.valueOf(at.desk.outcomes().get(0).detail()).contains("order EnableProfile"));
        assertEquals(Optional.of(ProfileState.State.DISABLED), at.inEis(NEW));
        assertEquals(List.of(), at.desk.file.procedures());
    }

    /** Creating, presenting, establishing, downloading. */
    private static DownloadDesk inStep(int step) {
        return inStep(step, false);
    }

    private static DownloadDesk inStep(int step, boolean enable) {
        DownloadDesk at = new DownloadDesk().order(enable).a2();
        return switch (step) {
            case 0 -> at;
            case 1 -> at.b2().reboots().b2();
            case 2 -> at.b2();
            default -> at.b2().b2();
        };
    }
}
