package io.godwit.provisioning.procedure;

import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.procedure.Purpose.OrderPeer;
import java.util.List;
import java.util.Optional;

/**
 * The extension of a card is ordered something, and says whether the card has the profile: what the EIS holds from then on, since
 * no audit of SGP.02 tells an ICCID. Each of these orders may be carried out twice: where one is in doubt, it is given again.
 */
final class PeerOrders {
    private PeerOrders() {}

    /** B1. */
    static Decision command(Turn turn) {
        return turn.with(turn.procedure().commandedBy(FlowStep.B1))
                .commandAfterFloors(List.of(order(turn).command().command()), ProcedureState.Commanded::new);
    }

    /** B2, with the answer to the order alone. */
    static Decision answered(Turn turn, List<ResponseApdu> responses) {
        if (responses.isEmpty()) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        ResponseApdu response = responses.get(0);
        if (!response.status().isSuccess()) {
            return turn.end(Outcome.failed(
                    "EXTENSION_REFUSED",
                    "the card answered " + response.status() + ": it has no key of the extension"));
        }
        return PeerAnswer.decode(response.data())
                .toOptional()
                .map(answer -> turn.endWith(told(turn, answer), Outcome.SUCCEEDED))
                .orElseGet(() ->
                        turn.end(Outcome.failed("ANSWER_UNREADABLE", "the card's answer is not one of the extension")));
    }

    /** Whatever became of the last one. */
    static Decision again(Turn turn) {
        return turn.procedure().tries() < turn.moment().rules().retries()
                ? command(turn.with(turn.procedure().tryingAgain()))
                : turn.end(Outcome.failed("NOT_EXECUTED", "the card has not answered to the order"));
    }

    private static Eis told(Turn turn, PeerAnswer answer) {
        Eis eis = turn.card().eis();
        OrderPeer order = order(turn);
        Optional<Profile> known = eis.profiles().stream()
                .filter(profile ->
                        profile.state().iccid().equals(order.command().iccid()))
                .findFirst();
        if (answer.profile().isEmpty()) {
            return known.map(gone -> eis.without(List.of(gone.aid()))).orElse(eis);
        }
        Profile original = order.copyOf();
        if (known.isPresent() || original == null) {
            return eis;
        }
        ProfileState copy = new ProfileState(
                answer.profile().get().isdP(),
                order.command().iccid(),
                ProfileState.State.DISABLED,
                false,
                original.pol2(),
                original.state().owner());
        return eis.withCreated(new Profile(copy, original.type(), original.pol1()))
                .withFreeMemory(Optional.empty());
    }

    private static OrderPeer order(Turn turn) {
        return (OrderPeer) turn.procedure().purpose();
    }
}
