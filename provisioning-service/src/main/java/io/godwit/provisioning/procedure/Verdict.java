package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Resources;
import io.godwit.protocol.Aid;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import java.util.List;
import java.util.Optional;

/**
 * An audit has settled a doubt. Its counter is above that of the command in question, so that from now on the card will
 * not execute that command any more: what the report shows is what became of it.
 */
final class Verdict {
    private Verdict() {}

    static Decision audited(Turn turn, Es5Outcome outcome) {
        if (!(outcome instanceof Es5Outcome.AuditReport report)) {
            return outcome instanceof Es5Outcome.Refused refused
                    ? turn.end(Outcome.failed("AUDIT_REFUSED", "the card answered " + refused.status()))
                    : unanswered(turn);
        }
        Eis eis = turn.card()
                .eis()
                .audited(report.isdPs())
                .withFreeMemory(Optional.of(report.resources().freeNonVolatileMemory()));
        // Told whether the profiles have changed or not: that the card was asked, and when, is in its EIS too.
        return settle(turn, turn.with(turn.card().with(eis)), report)
                .tellingFirst(List.of(new Fact.Audited(eis.states(), resources(report.resources()))));
    }

    private static CardResources resources(Resources told) {
        return new CardResources(told.applications(), told.freeNonVolatileMemory(), told.freeVolatileMemory());
    }

    /** The audit itself was not answered: it is asked again later, as a new one, since this one may be spent. */
    static Decision unanswered(Turn turn) {
        if (turn.procedure().target() == null && turn.procedure().state() instanceof ProcedureState.Commanded) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        Procedure procedure = turn.procedure();
        Doubt doubt = ((ProcedureState.Auditing) procedure.state()).doubt();
        return turn.with(procedure.tryingAgain()).later(again -> again.audit(doubt));
    }

    /** Even the audit's counter is too low: ours were set back, so the next epoch begins. */
    static Decision counterLow(Turn turn) {
        Doubt doubt = ((ProcedureState.Auditing) turn.procedure().state()).doubt();
        return turn.nextEpoch().map(next -> next.audit(doubt)).orElseGet(turn::exhausted);
    }

    private static Decision settle(Turn before, Turn turn, Es5Outcome.AuditReport report) {
        Procedure procedure = turn.procedure();
        Aid target = procedure.target();
        if (procedure.purpose() instanceof Purpose.Configure) {
            return procedure.tries() < turn.moment().rules().retries()
                    ? Configuring.open(turn.with(procedure.tryingAgain()))
                    : turn.end(notExecuted());
        }
        if (procedure.purpose() instanceof Purpose.OrderPeer) {
            return PeerOrders.again(turn);
        }
        if (target == null) {
            return turn.end(Outcome.SUCCEEDED);
        }
        Doubt doubt = ((ProcedureState.Auditing) procedure.state()).doubt();
        if (procedure.purpose() instanceof Purpose.Discard) {
            return Discarding.settled(before, report.isdPs(), doubt, turn);
        }
        if (procedure.isDownloading()) {
            return Downloading.settled(before, report.isdPs(), doubt, turn);
        }
        if (UpdatingConnectivity.isOne(procedure)) {
            return UpdatingConnectivity.settled(turn);
        }
        boolean asWanted = isAsWanted(procedure, turn.card().eis(), target);
        return switch (doubt) {
            case REFUSED ->
                turn.end(asWanted ? already() : refused(procedure, turn.card().eis(), target));
            case NO_ANSWER, COUNTER_LOW -> asWanted ? executed(turn) : again(turn);
            // Never again: a silent card may have executed the command and gone back, and no audit tells that.
            case SILENCE -> asWanted ? executed(turn) : turn.end(notExecuted());
            case NO_NOTIFICATION -> asWanted ? executed(turn) : turn.end(rolledBack());
            case NOTHING_TO_CONFIRM -> turn.end(asWanted ? Outcome.SUCCEEDED : rolledBack());
            case EXPIRY -> turn.end(Outcome.SUCCEEDED);
        };
    }

    /** The EIS is right already; an enable or disable still waits for its notification. */
    private static Decision executed(Turn turn) {
        return turn.procedure().endsLate() ? Answering.executed(turn) : turn.end(Outcome.SUCCEEDED);
    }

    private static Decision again(Turn turn) {
        return turn.procedure().tries() < turn.moment().rules().retries()
                ? Opening.command(turn.with(turn.procedure().tryingAgain()))
                : turn.end(notExecuted());
    }

    private static boolean isAsWanted(Procedure procedure, Eis eis, Aid target) {
        Optional<Profile> profile = eis.find(target);
        EsFunction.Name name = procedure.asked().orElseThrow();
        return switch (name) {
            case ENABLE_PROFILE -> profile.filter(Profile::isEnabled).isPresent();
            case DISABLE_PROFILE ->
                profile.filter(found -> found.state().state() == ProfileState.State.DISABLED)
                        .isPresent();
            case DELETE_PROFILE, MASTER_DELETE -> profile.isEmpty();
            case SET_FALLBACK_ATTRIBUTE -> profile.filter(Profile::isFallback).isPresent();
            case EUICC_CAPABILITY_AUDIT,
                    DOWNLOAD_PROFILE,
                    ESTABLISH_ISDR_KEY_SET,
                    UPDATE_POL1_BY_MNO,
                    UPDATE_CONNECTIVITY_PARAMETERS,
                    UPDATE_POLICY_RULES -> true;
        };
    }

    private static Outcome already() {
        return new Outcome(
                Outcome.Status.EXECUTED_WITH_WARNING, "ALREADY_SO", "an audit showed the card in the wanted state");
    }

    private static Outcome refused(Procedure procedure, Eis eis, Aid target) {
        if (eis.find(target).isEmpty()) {
            return Outcome.failed("TARGET_NOT_ON_CARD", "an audit showed that the card does not hold the profile");
        }
        return Outcome.failed(
                "CONDITIONS_NOT_SATISFIED",
                procedure.carries(EsFunction.Name.MASTER_DELETE)
                        ? "the card refused: the profile has no token key (version 70), or may have to be gone back to"
                        : "the card refused; an audit has renewed its EIS");
    }

    private static Outcome notExecuted() {
        return Outcome.failed("NOT_EXECUTED", "an audit showed that the card has not executed the command");
    }

    private static Outcome rolledBack() {
        return Outcome.failed("ROLLED_BACK", "an audit showed that the card went back to its previous profile");
    }
}
