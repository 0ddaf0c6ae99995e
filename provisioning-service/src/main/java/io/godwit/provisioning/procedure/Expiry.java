package io.godwit.provisioning.procedure;

import io.godwit.protocol.record.Outcome;

/**
 * The validity has ended. Nothing more is sent, above all no confirmation: a card that has changed its profile goes back
 * by itself. Where the card may have executed a command, the outcome says so, and the platform audits the card when it
 * is next there.
 */
final class Expiry {
    private Expiry() {}

    static Decision of(Turn turn) {
        Procedure procedure = turn.procedure();
        ProcedureState state = procedure.state();
        if (state instanceof ProcedureState.Confirming confirming
                && confirming.resolution().status() == Outcome.Status.FAILED) {
            return turn.end(confirming.resolution());
        }
        if (procedure.isDownloading() && procedure.target() != null) {
            return Downloading.giveUp(
                    turn,
                    Outcome.expired(
                            "EXPIRED",
                            "the download had not ended; what it has left on the card is deleted when the card is next online"));
        }
        if (EstablishingIsdRKeys.isOne(procedure)) {
            return EstablishingIsdRKeys.expired(turn);
        }
        if (procedure.function().isEmpty()) {
            return turn.end(Outcome.expired("EXPIRED", "the card was not reached"));
        }
        boolean commandIsOut = !(state instanceof ProcedureState.Queued)
                && !(state instanceof ProcedureState.Triggered)
                && !(state instanceof ProcedureState.Deferred)
                && (!state.isWithGroup()
                        || GroupMode.mayHaveExecuted(procedure, turn.card().nid(), turn.moment()))
                && !(state instanceof ProcedureState.Commanded commanded
                        && commanded.command().sends() == 0
                        && procedure.tries() == 0)
                && procedure.target() != null;
        if (!commandIsOut) {
            return turn.end(Outcome.expired(
                    "EXPIRED",
                    procedure.isEnablingDownloaded()
                            ? "the profile is installed, and there was no time left to enable it: order EnableProfile"
                            : "the card was not reached; nothing was changed"));
        }
        boolean lapsed = turn.card().lapsed() || procedure.endsLate();
        return turn.with(turn.card().withLapsed(lapsed))
                .end(Outcome.expired(
                        "EXPIRED_UNSETTLED",
                        procedure.endsLate()
                                ? "the card may have changed its profile; unconfirmed, it goes back by itself,"
                                        + " and is audited when it is next online"
                                : "the card may have executed the command; it is audited when it is next online"))
                .followedBy(settling(turn));
    }

    private static Procedure settling(Turn turn) {
        Procedure procedure = turn.procedure();
        return Procedure.queued(
                Procedure.idOf(procedure.id().toString(), "settle"),
                procedure.operation(),
                new Purpose.Settle(),
                Origin.PLATFORM,
                turn.moment().now().plus(turn.moment().rules().settleValidity()));
    }
}
