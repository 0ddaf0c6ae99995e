package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import java.util.List;
import java.util.Locale;

/** A2 and B2: the device answers the trigger, the card answers a command. */
final class Answering {
    private Answering() {}

    static Decision trigger(Turn turn, StepBody.TriggerResult result) {
        if (!(turn.procedure().state() instanceof ProcedureState.Triggered triggered)
                || !triggered.trigger().id().equals(result.id())) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        return result.ready() ? Opening.command(turn) : deviceRefused(turn, result);
    }

    static Decision deviceRefused(Turn turn, StepBody.TriggerResult result) {
        return turn.end(
                Outcome.failed("DEVICE_REFUSED", "the device is not ready: " + String.valueOf(result.reason())));
    }

    static Decision command(Turn turn, StepBody.CommandResult result) {
        ProcedureState state = turn.procedure().state();
        boolean awaitsB2 = state.isCommand() || state instanceof ProcedureState.Auditing;
        if (!awaitsB2 || !state.pending().orElseThrow().id().equals(result.id())) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        Octets packet = result.packet();
        if (Relaying.isOne(turn.procedure())) {
            return Relaying.answered(turn, packet);
        }
        boolean rekeying = EstablishingIsdRKeys.isOne(turn.procedure());
        if (packet == null && rekeying) {
            return EstablishingIsdRKeys.unanswered(turn);
        }
        if (packet == null) {
            return state instanceof ProcedureState.Auditing ? Verdict.unanswered(turn) : turn.audit(Doubt.NO_ANSWER);
        }
        boolean connecting = state instanceof ProcedureState.Commanded && UpdatingConnectivity.isOne(turn.procedure());
        boolean fromIsdP = connecting || state.kind() == ProcedureState.Kind.DOWNLOADING;
        Aid target = turn.procedure().target();
        CardAnswer answer = CardAnswer.read(
                packet,
                state.pending().orElseThrow(),
                turn.moment().keys().get(),
                fromIsdP && target != null ? SecurityDomains.isdPTar(target).orElseThrow() : SecurityDomains.ISD_R_TAR);
        if (answer instanceof CardAnswer.Foreign foreign) {
            return turn.ignore(foreign.why());
        }
        if (answer instanceof CardAnswer.NotTaken notTaken) {
            return rekeying
                    ? EstablishingIsdRKeys.notTaken(turn, notTaken.status(), Answering::notTaken)
                    : notTaken(turn, notTaken.status());
        }
        CardAnswer.Executed executed = (CardAnswer.Executed) answer;
        if (connecting) {
            return UpdatingConnectivity.answered(turn, executed.responses());
        }
        return fromIsdP ? Downloading.downloaded(turn, executed.data()) : executed(turn, executed.responses());
    }

    /** The card has worked on the script: first on what was put before the function, then on the function. */
    private static Decision executed(Turn turn, List<ResponseApdu> responses) {
        ProcedureState state = turn.procedure().state();
        List<GroupCommand> before = groupCommands(turn);
        if (turn.procedure().purpose() instanceof Purpose.Configure && state instanceof ProcedureState.Commanded) {
            return Configuring.answered(turn, before, responses);
        }
        Card card = turn.card();
        for (int i = 0; i < Math.min(before.size(), responses.size()); i++) {
            card = Configuring.took(
                    card,
                    before.get(i),
                    responses.get(i).status(),
                    turn.moment().groups());
        }
        Turn told = turn.with(card);
        if (responses.size() <= before.size() && !before.isEmpty()) {
            // It does not hold a group that we thought it held: the script ended there, and the function was not
            // reached.
            if (EstablishingIsdRKeys.isOne(turn.procedure())) {
                return EstablishingIsdRKeys.repeat(told);
            }
            if (state instanceof ProcedureState.InStep && responses.isEmpty()) {
                return told.audit(Doubt.NO_ANSWER);
            }
            if (state instanceof ProcedureState.InStep inStep) {
                return Downloading.repeat(told, inStep.step());
            }
            return state instanceof ProcedureState.Auditing ? Verdict.unanswered(told) : Opening.command(told);
        }
        List<ResponseApdu> own = responses.subList(before.size(), responses.size());
        if (state instanceof ProcedureState.InStep inStep && EstablishingIsdRKeys.isOne(turn.procedure())) {
            return EstablishingIsdRKeys.answered(told, inStep.step(), own);
        }
        if (state instanceof ProcedureState.InStep inStep) {
            return Downloading.answered(told, inStep.step(), own);
        }
        if (state instanceof ProcedureState.Commanded && turn.procedure().purpose() instanceof Purpose.OrderPeer) {
            return PeerOrders.answered(told, own);
        }
        return state instanceof ProcedureState.Auditing
                ? Verdict.audited(told, EuiccCapabilityAudit.ofAll().outcome(own))
                : commanded(told, Opening.function(turn.procedure()).outcome(own));
    }

    private static List<GroupCommand> groupCommands(Turn turn) {
        boolean may = !turn.card().groups().isEmpty() || turn.procedure().purpose() instanceof Purpose.Configure;
        return may
                ? Payloads.commands(
                                turn.procedure().state().pending().orElseThrow().payload(),
                                turn.moment().keys().get())
                        .stream()
                        .flatMap(command -> GroupCommand.parse(command).stream())
                        .toList()
                : List.of();
    }

    static Decision commanded(Turn turn, Es5Outcome outcome) {
        if (outcome instanceof Es5Outcome.Executed) {
            return executed(turn);
        }
        if (outcome instanceof Es5Outcome.AuditReport) {
            return Verdict.audited(turn, outcome);
        }
        if (outcome instanceof Es5Outcome.Refused && turn.procedure().purpose() instanceof Purpose.Discard) {
            // Whatever it holds there: the EIS is to say so.
            return turn.audit(Doubt.REFUSED);
        }
        if (outcome instanceof Es5Outcome.Refused refused) {
            return switch (refused.reason()) {
                case NOT_DISABLED,
                        NOT_ENABLED_OR_IS_FALLBACK,
                        ENABLED_OR_IS_FALLBACK,
                        UNKNOWN_ISDP,
                        WRONG_DATA_OR_AID_IN_USE,
                        CREATION_NOT_ALLOWED -> turn.audit(Doubt.REFUSED);
                case FALLBACK_NOT_ALLOWED,
                        POL1_FORBIDS,
                        WRONG_DATA,
                        MEMORY,
                        NOTHING_TO_CONFIRM,
                        LAST_KEY_SET,
                        MORE_DATA,
                        OTHER -> turn.end(refusal(turn, refused));
            };
        }
        return turn.audit(Doubt.NO_ANSWER);
    }

    /** The card has accepted: a late end is still to come, anything else is done. */
    static Decision executed(Turn turn) {
        Aid target = turn.procedure().target();
        if (target == null) {
            return turn.end(Outcome.SUCCEEDED);
        }
        if (turn.procedure().endsLate()) {
            return turn.with(turn.card().withLapsed(false))
                    .enter(
                            new ProcedureState.AwaitingNotification(),
                            turn.earlier(turn.moment()
                                    .now()
                                    .plus(turn.moment().rules().notificationPatience())));
        }
        Eis eis = turn.card().eis();
        boolean deleted = turn.procedure().carries(EsFunction.Name.DELETE_PROFILE)
                || turn.procedure().carries(EsFunction.Name.MASTER_DELETE);
        return turn.endWith(deleted ? eis.without(List.of(target)) : eis.withFallback(target), Outcome.SUCCEEDED);
    }

    private static Decision notTaken(Turn turn, ResponseStatus status) {
        boolean auditing = turn.procedure().state() instanceof ProcedureState.Auditing;
        return switch (status) {
            case COUNTER_LOW -> auditing ? Verdict.counterLow(turn) : turn.audit(Doubt.COUNTER_LOW);
            case MORE_TIME, INSUFFICIENT_MEMORY -> auditing ? Verdict.unanswered(turn) : turn.audit(Doubt.NO_ANSWER);
            // To the ISD-P: it is gone, or never was.
            case TAR_UNKNOWN ->
                (turn.procedure().isDownloading() || UpdatingConnectivity.isOne(turn.procedure())) && !auditing
                        ? turn.audit(Doubt.NO_ANSWER)
                        : turn.end(notTaken(status));
            default -> turn.end(notTaken(status));
        };
    }

    private static Outcome notTaken(ResponseStatus status) {
        return Outcome.failed(
                "PACKET_" + status.name().toUpperCase(Locale.ROOT),
                "the card did not take the packet; check its keys and counters");
    }

    private static Outcome refusal(Turn turn, Es5Outcome.Refused refused) {
        Es5Error reason = refused.reason();
        if (reason == Es5Error.WRONG_DATA && turn.procedure().carries(EsFunction.Name.MASTER_DELETE)) {
            return Outcome.failed(
                    "TOKEN_REFUSED",
                    "the card found the token wrong: make it with the profile's token key, for that AID");
        }
        return reason == Es5Error.POL1_FORBIDS
                ? Outcome.failed("POL1_FORBIDS", "the policy on the card, POL1, does not allow it")
                : Outcome.failed("CARD_REFUSED_" + reason.name(), "the card answered " + refused.status());
    }
}
