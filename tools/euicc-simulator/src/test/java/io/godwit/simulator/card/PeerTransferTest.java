package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestPeers.ICCID;
import static io.godwit.simulator.card.TestPeers.IMSI;
import static io.godwit.simulator.card.TestPeers.LATER;
import static io.godwit.simulator.card.TestPeers.SECONDS;
import static io.godwit.simulator.card.TestPeers.SUBJECT;
import static io.godwit.simulator.card.TestPeers.TICKET;
import static io.godwit.simulator.card.TestPeers.confirm;
import static io.godwit.simulator.card.TestPeers.done;
import static io.godwit.simulator.card.TestPeers.order;
import static io.godwit.simulator.card.TestPeers.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.gsma.peer.PeerExport;
import io.godwit.gsma.peer.PeerKeys;
import io.godwit.gsma.peer.PeerOffer;
import io.godwit.gsma.peer.PeerReceipt;
import io.godwit.gsma.peer.TransferTicket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.network.NetworkAnswer;
import io.godwit.simulator.network.Subscriber;
import io.godwit.simulator.network.TestNetwork;
import io.godwit.simulator.network.UsimAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerTransferTest {
    private final TestSmSr old = TestPeers.old();
    private final TestSmSr fresh = TestPeers.fresh();
    private final Random dice = new Random(1);
    private final TestNetwork network = new TestNetwork(this::rand);
    private final TransferTicket ticket = TestPeers.ticket(fresh);
    private int syncFailures;

    PeerTransferTest() {
        network.provision(List.of(new Subscriber(IMSI, ICCID, new HomeSubscription(TestPeers.KEYS, Sqn.ZERO))));
    }

    private Octets rand() {
        byte[] rand = new byte[16];
        dice.nextBytes(rand);
        return Octets.of(rand);
    }

    private Octets offer() {
        return said(fresh, fresh.card().offer(ticket.sign(TestGroups.SM_SR), SECONDS));
    }

    private Octets export() {
        Octets offer = offer();
        return said(old, old.card().export(offer, SECONDS));
    }

    private Octets receipt() {
        Octets export = export();
        return said(fresh, fresh.card().install(export));
    }

    private static PeerRefusal refusal(PeerStep step, TestSmSr card) {
        assertEquals(card.card(), step.next());
        return step.refusal().orElseThrow();
    }

    private static Es5Outcome refused(Es5Error why) {
        return new Es5Outcome.Refused(StatusWord.CONDITIONS_NOT_SATISFIED, why);
    }

    private PeerAnswer.Held ask(TestSmSr card) {
        return order(card, new PeerCommand.Ask(TICKET, ICCID, Counter.ZERO))
                .profile()
                .orElseThrow();
    }

    private boolean attaches(TestSmSr card) {
        NetworkAnswer said = network.attach(IMSI);
        while (said instanceof NetworkAnswer.Challenge challenge) {
            EuiccCard.Authentication done =
                    card.card().authenticate(challenge.rand(), challenge.autn()).orElseThrow();
            card.take(new CardStep(done.next(), Optional.empty(), false));
            syncFailures += done.answer() instanceof Usim.SyncFailure ? 1 : 0;
            said = network.answer(IMSI, UsimAnswer.of(done.answer()));
        }
        return said instanceof NetworkAnswer.Accepted;
    }

    @Test
    void aProfileMovesAndGoesOnWhereItWas() {
        done(old, new EnableProfile(SUBJECT));
        for (int i = 0; i < 40; i++) {
            assertTrue(attaches(old));
        }
        Octets receipt = receipt();
        Aid copy = ask(fresh).isdP();

        assertEquals(new PeerAnswer.Held(SUBJECT, PeerAnswer.State.LOCKED), ask(old));
        assertEquals(PeerAnswer.State.PENDING, ask(fresh).state());
        assertEquals(
                ICCID, PeerReceipt.decode(receipt).toOptional().orElseThrow().iccid());
        assertEquals(TestCards.BOOTSTRAP, old.card().state().enabled().aid());

        confirm(old);
        assertInstanceOf(Es5Outcome.Executed.class, old.send(new DeleteProfile(SUBJECT)));
        assertEquals(
                Optional.empty(),
                order(old, new PeerCommand.Ask(TICKET, ICCID, Counter.ZERO)).profile());
        done(fresh, new EnableProfile(copy));

        assertEquals(PeerAnswer.State.FREE, ask(fresh).state());
        assertTrue(attaches(fresh));
        assertEquals(0, syncFailures);
    }

    @Test
    void theFallBackTakesOverBeforeAnythingLeavesAndTheSmSrHearsOfIt() {
        done(old, new EnableProfile(SUBJECT));
        PeerStep step = old.card().export(offer(), SECONDS);
        assertTrue(step.refresh());
        said(old, step);
        old.reboot();
        assertEquals(
                NotificationType.PROFILE_CHANGE_AFTER_FALLBACK,
                old.notification().orElseThrow().type());
    }

    @Test
    void nothingEnablesWhatIsLocked() {
        export();
        assertEquals(refused(Es5Error.NOT_DISABLED), old.send(new EnableProfile(SUBJECT)));
        assertEquals(refused(Es5Error.FALLBACK_NOT_ALLOWED), old.send(new SetFallbackAttribute(SUBJECT)));
        assertEquals(
                List.of("6A88"),
                TestGroups.statuses(old.give(TestGroups.sound()
                                .to(GroupFunction.ENABLE_PROFILE, new GroupTarget.ByIccids(List.of(ICCID)))
                                .sign())
                        .orElseThrow()));
        assertEquals(old.card(), old.card().timerExpired().next());
        assertEquals(old.card(), old.card().networkLost().next());
        assertEquals(PeerAnswer.State.LOCKED, ask(old).state());
    }

    @Test
    void nothingButTheSmSrEnablesWhatWaits() {
        receipt();
        Aid copy = ask(fresh).isdP();
        assertEquals(refused(Es5Error.FALLBACK_NOT_ALLOWED), fresh.send(new SetFallbackAttribute(copy)));
        assertEquals(
                List.of("6A88"),
                TestGroups.statuses(fresh.give(TestGroups.sound()
                                .to(GroupFunction.ENABLE_PROFILE, new GroupTarget.ByIccids(List.of(ICCID)))
                                .sign())
                        .orElseThrow()));
        assertEquals(fresh.card(), fresh.card().networkLost().next());
        assertEquals(PeerAnswer.State.PENDING, ask(fresh).state());
    }

    @Test
    void theSameIsSaidAgainToTheSame() {
        Octets offer = offer();
        assertEquals(offer, offer());
        Octets first = said(old, old.card().export(offer, SECONDS));
        EuiccCard locked = old.card();
        // Also after the ticket's time: the lock stays until the SM-SR takes it away.
        Octets second = said(old, old.card().export(offer, LATER + 1));
        assertEquals(locked, old.card());
        Octets receipt = said(fresh, fresh.card().install(second));
        EuiccCard pending = fresh.card();
        assertEquals(receipt, said(fresh, fresh.card().install(first)));
        assertEquals(pending, fresh.card());
    }

    @Test
    void theWayBackLeavesOneThatMayBeEnabled() {
        done(old, new EnableProfile(SUBJECT));
        Octets offer = offer();
        Octets export = said(old, old.card().export(offer, SECONDS));
        confirm(old);

        PeerAnswer without = order(fresh, new PeerCommand.RaiseFloor(TICKET, ICCID, ticket.counter()));
        assertEquals(new PeerAnswer(ticket.counter(), Optional.empty()), without);
        assertEquals(PeerRefusal.OLD_TICKET, refusal(fresh.card().install(export), fresh));
        PeerAnswer unlocked = order(old, new PeerCommand.Unlock(TICKET, ICCID, ticket.counter()));
        assertEquals(Optional.of(new PeerAnswer.Held(SUBJECT, PeerAnswer.State.FREE)), unlocked.profile());

        assertEquals(PeerRefusal.OLD_TICKET, refusal(old.card().export(offer, SECONDS), old));
        assertEquals(
                PeerRefusal.OLD_TICKET, refusal(fresh.card().offer(ticket.sign(TestGroups.SM_SR), SECONDS), fresh));
        done(old, new EnableProfile(SUBJECT));
        assertTrue(attaches(old));
    }

    @Test
    void anUnlockForAnotherTicketUnlocksNothing() {
        export();
        order(old, new PeerCommand.Unlock(new UUID(9, 9), ICCID, Counter.ZERO));
        assertEquals(PeerAnswer.State.LOCKED, ask(old).state());
    }

    @Test
    void anUnlockBeforeTheOfferComesKeepsTheProfileHere() {
        Octets offer = offer();
        order(old, new PeerCommand.Unlock(TICKET, ICCID, ticket.counter()));
        assertEquals(PeerRefusal.OLD_TICKET, refusal(old.card().export(offer, SECONDS), old));
    }

    @Test
    void afterTheWayBackTheNextTicketGoes() {
        receipt();
        order(fresh, new PeerCommand.RaiseFloor(TICKET, ICCID, ticket.counter()));
        assertInstanceOf(
                Es5Outcome.Executed.class,
                fresh.send(new DeleteProfile(ask(fresh).isdP())));
        order(old, new PeerCommand.Unlock(TICKET, ICCID, ticket.counter()));

        TransferTicket next = TestPeers.ticket(fresh, new UUID(7, 9), 2);
        Octets offer = said(fresh, fresh.card().offer(next.sign(TestGroups.SM_SR), SECONDS));
        said(fresh, fresh.card().install(said(old, old.card().export(offer, SECONDS))));
        assertEquals(PeerAnswer.State.PENDING, ask(fresh).state());
    }

    @Test
    void aReplayAfterTheMoveBringsNothingBack() {
        Octets offer = offer();
        Octets export = said(old, old.card().export(offer, SECONDS));
        said(fresh, fresh.card().install(export));
        assertInstanceOf(Es5Outcome.Executed.class, old.send(new DeleteProfile(SUBJECT)));
        done(fresh, new EnableProfile(ask(fresh).isdP()));

        assertEquals(PeerRefusal.OLD_TICKET, refusal(old.card().export(offer, SECONDS), old));
        assertEquals(PeerRefusal.NOT_OFFERED, refusal(fresh.card().install(export), fresh));
    }

    @Test
    void aTicketIsForTwoCardsUntilATimeByOneSmSr() {
        Octets sound = ticket.sign(TestGroups.SM_SR);
        assertEquals(PeerRefusal.EXPIRED, refusal(fresh.card().offer(sound, LATER), fresh));
        assertEquals(PeerRefusal.OTHER_CARD, refusal(old.card().offer(sound, SECONDS), old));
        assertEquals(
                PeerRefusal.FORGED_TICKET,
                refusal(fresh.card().offer(ticket.sign(TestGroups.STRANGER), SECONDS), fresh));
        assertEquals(
                PeerRefusal.OLD_TICKET,
                refusal(fresh.card().offer(TestPeers.ticket(fresh, TICKET, 0).sign(TestGroups.SM_SR), SECONDS), fresh));
        Octets offer = offer();
        assertEquals(PeerRefusal.EXPIRED, refusal(old.card().export(offer, LATER), old));
        assertEquals(PeerRefusal.OTHER_CARD, refusal(fresh.card().export(offer, SECONDS), fresh));
    }

    @Test
    void aCardWithoutTheKeysTakesNoPart() {
        EuiccCard plain = TestCards.fresh();
        assertEquals(
                Optional.of(PeerRefusal.NO_KEY), plain.export(offer(), SECONDS).refusal());
        assertEquals(
                StatusWord.WRONG_DATA,
                new TestSmSr(plain)
                        .send(new PeerCommand.Unlock(TICKET, ICCID, Counter.ZERO).command())
                        .get(0)
                        .status());
    }

    /** Signed by a genuine card, but not by the one of the ticket; and for a key that is not the one of the ticket. */
    @Test
    void anotherCardsKeysAreNotThoseOfTheTicket() {
        PeerOffer sound = PeerOffer.decode(offer()).toOptional().orElseThrow().content();
        TestSmSr third = TestPeers.card(
                new Eid("89049032123451234512345678901429"),
                List.of(IsdP.withProfile(0, Iccid.withCheckDigit("8900012345678901007"), 30_000)));
        ExtensionKey stranger = third.card().state().extensionKey().orElseThrow();
        Ecasd strangers = third.card().state().ecasd().orElseThrow();
        ExtensionKey own = fresh.card().state().extensionKey().orElseThrow();

        Octets ofStranger = new PeerOffer(
                        sound.ticket(),
                        sound.ecasd(),
                        sound.eumCertificate(),
                        sound.ephemeral(),
                        sound.nonce(),
                        stranger.certificate())
                .sign(stranger.key());
        Octets forStranger = new PeerOffer(
                        sound.ticket(),
                        strangers.certificate(),
                        sound.eumCertificate(),
                        sound.ephemeral(),
                        sound.nonce(),
                        own.certificate())
                .sign(own.key());
        Octets byStranger = sound.sign(stranger.key());

        assertEquals(PeerRefusal.BAD_CERTIFICATE, refusal(old.card().export(ofStranger, SECONDS), old));
        assertEquals(PeerRefusal.BAD_CERTIFICATE, refusal(old.card().export(forStranger, SECONDS), old));
        assertEquals(PeerRefusal.BAD_SIGNATURE, refusal(old.card().export(byStranger, SECONDS), old));
    }

    /** Who has the new card's ephemeral key, and even its signing key, still has not the one of its ECASD. */
    @Test
    void anExportIsForOneOfferOfOneCard() {
        Octets offer = offer();
        said(old, old.card().export(offer, SECONDS));
        PeerOffer content = PeerOffer.decode(offer).toOptional().orElseThrow().content();
        ExtensionKey own = fresh.card().state().extensionKey().orElseThrow();
        Octets other = new PeerOffer(
                        content.ticket(),
                        content.ecasd(),
                        content.eumCertificate(),
                        TestGroups.STRANGER.publicKey(),
                        content.nonce(),
                        content.extension())
                .sign(own.key());
        assertEquals(PeerRefusal.OTHER_OFFER, refusal(old.card().export(other, SECONDS), old));
    }

    @Test
    void everyFlippedBitOfATicketIsRefused() {
        for (Octets damaged : flipped(ticket.sign(TestGroups.SM_SR))) {
            refusal(fresh.card().offer(damaged, SECONDS), fresh);
        }
    }

    @Test
    void everyFlippedBitOfAnOfferIsRefused() {
        for (Octets damaged : flipped(offer())) {
            refusal(old.card().export(damaged, SECONDS), old);
        }
    }

    /** A bit in each octet: there are many. */
    @Test
    void everyFlippedOctetOfAnExportIsRefused() {
        Octets export = export();
        for (int i = 0; i < export.length(); i++) {
            refusal(fresh.card().install(flip(export, 8 * i + i % 8)), fresh);
        }
    }

    /** As if the old card itself had lied: the MACs of the segments are no ornament. */
    @Test
    void segmentsThatWereChangedAndSignedAnewAreNotReadable() {
        PeerExport sound =
                PeerExport.decode(export()).toOptional().orElseThrow().content();
        ExtensionKey own = old.card().state().extensionKey().orElseThrow();
        for (int i = 0; i < sound.segments().length(); i += 7) {
            Octets octets = new PeerExport(
                            sound.ticket(),
                            sound.offerHash(),
                            sound.ephemeral(),
                            sound.extension(),
                            sound.eumCertificate(),
                            flip(sound.segments(), 8 * i + i % 8))
                    .sign(own.key());
            assertEquals(PeerRefusal.NOT_READABLE, refusal(fresh.card().install(octets), fresh));
        }
    }

    @Test
    void aReceiptIsByWhoHasTheKeysOfTheMove() {
        Octets offer = offer();
        Octets export = said(old, old.card().export(offer, SECONDS));
        Octets receipt = said(fresh, fresh.card().install(export));
        EcKeyPair ephemeral = EcKeyPair.of(
                old.card().state().peer().locked().orElseThrow().ephemeral().reveal());
        PeerKeys keys = PeerKeys.ofOld(
                ephemeral, PeerOffer.decode(offer).toOptional().orElseThrow().content());
        PeerReceipt sound = PeerReceipt.decode(receipt).toOptional().orElseThrow();
        assertTrue(sound.isBy(keys));
        assertEquals(export.sha256(), sound.exportHash());
        for (Octets damaged : flipped(receipt)) {
            assertFalse(PeerReceipt.decode(damaged)
                    .toOptional()
                    .filter(read -> read.isBy(keys))
                    .isPresent());
        }
    }

    @Test
    void whatMustStayStays() {
        Octets offer = offer();
        TestSmSr another = TestPeers.old();
        done(another, new SetFallbackAttribute(SUBJECT));
        assertEquals(PeerRefusal.STAYS_HERE, refusal(another.card().export(offer, SECONDS), another));
        CardState state = old.card().state();
        TestSmSr bound =
                new TestSmSr(new EuiccCard(state.with(SUBJECT, isdP -> isdP.withPol1(Pol1.DISABLE_NOT_ALLOWED))));
        assertEquals(PeerRefusal.STAYS_HERE, refusal(bound.card().export(offer, SECONDS), bound));
        old.send(new EnableProfile(SUBJECT));
        assertEquals(PeerRefusal.BUSY, refusal(old.card().export(offer, SECONDS), old));
    }

    @Test
    void nothingOfAKeyIsInWhatTheDevicesCarry() {
        Octets offer = offer();
        Octets export = said(old, old.card().export(offer, SECONDS));
        String carried = offer.toHex()
                + export.toHex()
                + said(fresh, fresh.card().install(export)).toHex();
        for (SecretOctets secret : List.of(
                TestPeers.KI,
                TestPeers.OPC,
                fresh.card().state().ecasd().orElseThrow().privateKey())) {
            assertFalse(carried.contains(secret.reveal().toHex()));
        }
    }

    private static List<Octets> flipped(Octets octets) {
        return IntStream.range(0, 8 * octets.length())
                .mapToObj(bit -> flip(octets, bit))
                .toList();
    }

    private static Octets flip(Octets octets, int bit) {
        byte[] bytes = octets.toBytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Octets.of(bytes);
    }
}
