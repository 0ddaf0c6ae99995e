package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.NotificationType;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.replacement.ReplacementRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A card that has a profile without a right to it: its own deletion goes to it, and nothing else. */
class QuarantinedCardTest {
    @Test
    void whatWasUnderWayAndWhatIsOrderedLaterEndsAtOnce() {
        Desk desk = Desk.ready();
        desk.order(Desk.enable()).a2();
        desk.order(new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null));
        assertEquals(2, desk.file.procedures().size());
        isolate(desk);
        assertEquals(List.of("QUARANTINED", "QUARANTINED"), codes(desk));

        desk.order(Desk.function(EsFunction.Name.DELETE_PROFILE, "operational"));
        assertEquals(3, codes(desk).size(), "the same in another's name");
        assertEquals(List.of(), desk.file.procedures());
    }

    @Test
    void itsOwnOrderGoesToTheCard() {
        Desk desk = Desk.ready();
        isolate(desk);
        int sent = desk.sent.size();
        EsFunction delete = new EsFunction(
                EsFunction.Name.DELETE_PROFILE,
                new ProfileTarget.ByIccid(Desk.operational().state().iccid()));
        desk.put(new CardInput.Ordered(Procedure.queued(
                Procedure.idOf("own"),
                "q.2",
                new Purpose.Carry(delete),
                Origin.REPLACEMENT,
                desk.now.plus(Duration.ofDays(1)))));
        Outgoing.Message command = assertInstanceOf(Outgoing.Message.class, desk.sent.get(sent));
        assertEquals(FlowStep.B1, command.step());
    }

    @Test
    void aRequestOfItsOwnIsRefusedAndItsNotificationIsAnswered() {
        Desk desk = Desk.ready();
        isolate(desk);
        desk.requests("d1", Desk.allows("meters"));
        assertTrue(desk.tickets.isEmpty(), desk.tickets.toString());
        assertEquals(List.of(), desk.file.procedures());
        desk.notifies("d2", NotificationType.EUICC_DECLARATION, 7, Desk.BOOTSTRAP);
        assertEquals(1, desk.file.procedures().size(), "to confirm what the card has said is no service");
    }

    private static void isolate(Desk desk) {
        desk.quarantine = Optional.of(Quarantine.begin(
                        "q", Desk.NID, Desk.operational().state().iccid(), false, desk.now, ReplacementRules.DEFAULTS)
                .next());
        desk.put(new CardInput.Isolated());
    }

    private static List<String> codes(Desk desk) {
        return desk.facts.stream()
                .filter(Fact.Ended.class::isInstance)
                .map(fact -> ((Fact.Ended) fact).outcome().code())
                .toList();
    }
}
