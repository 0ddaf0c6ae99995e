package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerOrdersTest {
    private static final UUID TICKET = new UUID(1, 2);
    private static final Counter COUNTER = new Counter(5);
    private static final Iccid MOVING = new Iccid("89000123456789012366");
    private static final Pol2Rule RULE = new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Profile ORIGINAL = Desk.profile(
            SecurityDomains.isdP(7), MOVING.digits(), ProfileState.State.ENABLED, false, "downloaded", RULE);

    private final Desk desk = Desk.ready();

    private void order(PeerCommand command, Profile copyOf) {
        desk.put(new CardInput.Ordered(Procedure.queued(
                Procedure.idOf("order", "1"),
                "replacement.1",
                new Purpose.OrderPeer(command, copyOf),
                Origin.REPLACEMENT,
                desk.now.plus(Duration.ofHours(1)))));
    }

    private static ResponseApdu answer(PeerAnswer.Held... held) {
        return ResponseApdu.success(
                new PeerAnswer(COUNTER, List.of(held).stream().findFirst()).encode());
    }

    private Outcome outcome() {
        assertEquals(1, desk.ended.size());
        return desk.ended.get(0).outcome().orElseThrow();
    }

    private Optional<Profile> known(Iccid iccid) {
        return desk.file.card().eis().profiles().stream()
                .filter(profile -> profile.state().iccid().equals(iccid))
                .findFirst();
    }

    @Test
    void aCopyThatTheCardTellsOfIsInItsEisWithOwnerAndPol2OfTheOriginal() {
        order(new PeerCommand.Ask(TICKET, MOVING, COUNTER), ORIGINAL);
        desk.b2(answer(new PeerAnswer.Held(SecurityDomains.isdP(4), PeerAnswer.State.PENDING)));
        assertEquals(Outcome.SUCCEEDED, outcome());
        Profile copy = known(MOVING).orElseThrow();
        assertEquals(SecurityDomains.isdP(4), copy.aid());
        assertEquals(ProfileState.State.DISABLED, copy.state().state());
        assertEquals(Optional.of(Desk.OWNER), copy.state().findOwner());
        assertEquals(List.of(RULE), copy.pol2());
        assertEquals("downloaded", copy.type());
        assertTrue(desk.facts.stream().anyMatch(Fact.ProfilesChanged.class::isInstance), "the registry hears of it");
    }

    @Test
    void aProfileThatTheCardIsWithoutIsNoneOfItsEis() {
        Iccid iccid = Desk.operational().state().iccid();
        order(new PeerCommand.RaiseFloor(TICKET, iccid, COUNTER), null);
        desk.b2(answer());
        assertEquals(Outcome.SUCCEEDED, outcome());
        assertEquals(Optional.empty(), known(iccid));
    }

    @Test
    void anUnlockChangesNothingOfTheEis() {
        Eis before = desk.file.card().eis();
        order(new PeerCommand.Unlock(TICKET, Desk.operational().state().iccid(), COUNTER), null);
        desk.b2(answer(new PeerAnswer.Held(Desk.OPERATIONAL, PeerAnswer.State.FREE)));
        assertEquals(Outcome.SUCCEEDED, outcome());
        assertEquals(before, desk.file.card().eis());
    }

    /** An audit tells nothing of floors and locks: what is in doubt is ordered again, under a counter of its own. */
    @Test
    void whatIsInDoubtIsOrderedAgain() {
        order(new PeerCommand.Unlock(TICKET, MOVING, COUNTER), null);
        Counter first = desk.pending().counter();
        desk.noAnswer();
        assertEquals(ProcedureState.Kind.AUDITING, desk.state());
        desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        assertEquals(ProcedureState.Kind.COMMANDED, desk.state());
        assertTrue(desk.pending().counter().compareTo(first) > 0);
        desk.b2(answer());
        assertEquals(Outcome.SUCCEEDED, outcome());
    }

    @Test
    void aCardThatNeverAnswersTheOrderIsNotTakenForOneThatDid() {
        order(new PeerCommand.RaiseFloor(TICKET, MOVING, COUNTER), null);
        for (int i = 0; i < 20 && desk.ended.isEmpty(); i++) {
            desk.noAnswer();
            desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        }
        assertEquals("NOT_EXECUTED", outcome().code());
    }

    @Test
    void aCardWithoutTheExtensionAndAnAnswerThatIsNoneAreFailures() {
        order(new PeerCommand.Unlock(TICKET, MOVING, COUNTER), null);
        desk.b2(Desk.sw(0x6a80));
        assertEquals("EXTENSION_REFUSED", outcome().code());

        Desk other = Desk.ready();
        other.put(new CardInput.Ordered(Procedure.queued(
                Procedure.idOf("order", "2"),
                "replacement.2",
                new Purpose.OrderPeer(new PeerCommand.Ask(TICKET, MOVING, COUNTER), ORIGINAL),
                Origin.REPLACEMENT,
                other.now.plus(Duration.ofHours(1)))));
        other.b2(ResponseStatus.POR_OK, Desk.ok());
        assertEquals(
                "ANSWER_UNREADABLE", other.ended.get(0).outcome().orElseThrow().code());
    }
}
