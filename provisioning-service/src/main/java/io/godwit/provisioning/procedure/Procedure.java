package io.godwit.provisioning.procedure;

import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One purpose on one card, from the order to its one outcome: a state machine that answers each input with a
 * {@link Decision} and does nothing itself. A late, double or foreign message is an ignored input, never an error.
 *
 * @param operation under which name it is reported; that of the parent where the platform acts by itself
 * @param position its place in the card's queue
 * @param validUntil without an outcome by then it has expired
 * @param askedAt when it came into the queue
 * @param messages how many message ids it has given out: {@code <id>.<n>}
 * @param tries how often its command was made anew
 * @param due when it wants to be looked at again; {@code null} once ended
 * @param target the ISD-P that its function is about, once resolved
 * @param commandedBy the step that brought, or may have brought, the command to the card: B1 or C1; {@code null} before
 * @param download how far it is with the download of a profile; {@code null} when it downloads none, and once it has ended
 */
public record Procedure(
        UUID id,
        String operation,
        Purpose purpose,
        Origin origin,
        long position,
        Instant validUntil,
        Instant askedAt,
        ProcedureState state,
        int messages,
        int tries,
        @Nullable Instant due,
        @Nullable Aid target,
        @Nullable FlowStep commandedBy,
        @Nullable Download download) {

    /** A procedure that waits for its turn. Its position and time are given by the card's queue. */
    public static Procedure queued(UUID id, String operation, Purpose purpose, Origin origin, Instant validUntil) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                0,
                validUntil,
                Instant.EPOCH,
                new ProcedureState.Queued(),
                0,
                0,
                validUntil,
                null,
                null,
                null);
    }

    /** The id that comes of {@code parts}: who asks for the same thing twice gets the same procedure. */
    public static UUID idOf(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("/", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** Decides what {@code input} means, under the circumstances of {@code moment}. */
    public Decision decide(ProcedureInput input, Card card, Moment moment) {
        Decision decision = react(input, card, moment);
        return isDownloading() ? Discarding.after(decision, hasSent(), moment) : decision;
    }

    private Decision react(ProcedureInput input, Card card, Moment moment) {
        Turn turn = new Turn(this, card, moment);
        if (state instanceof ProcedureState.Ended) {
            return turn.ignore(Ignored.ENDED);
        }
        if (input instanceof ProcedureInput.CardRemoved removed) {
            return turn.end(removed.outcome());
        }
        boolean looksAtTheClock =
                input instanceof ProcedureInput.DeadlinePassed || input instanceof ProcedureInput.Started;
        if (looksAtTheClock && turn.isExpired()) {
            return Expiry.of(turn);
        }
        if (input instanceof ProcedureInput.Started) {
            return state instanceof ProcedureState.Queued ? Opening.of(turn) : turn.ignore(Ignored.NOT_AWAITED);
        }
        if (input instanceof ProcedureInput.DeadlinePassed) {
            return Patience.atDeadline(turn);
        }
        if (input instanceof ProcedureInput.CardOnline online) {
            return Patience.whenOnline(turn, online.at());
        }
        if (input instanceof ProcedureInput.TriggerAnswered answered) {
            return state instanceof ProcedureState.Summoned
                    ? GroupMode.triggerAnswered(turn, answered.result())
                    : Answering.trigger(turn, answered.result());
        }
        if (input instanceof ProcedureInput.GroupAnswered answered) {
            return GroupMode.answered(turn, answered.result());
        }
        if (input instanceof ProcedureInput.CommandAnswered answered) {
            return Answering.command(turn, answered.result());
        }
        if (input instanceof ProcedureInput.Notified notified) {
            return Notifying.notified(turn, notified);
        }
        return Notifying.confirmed(turn, ((ProcedureInput.ConfirmationAnswered) input).result());
    }

    /** Whether segments were sent to the ISD-P that it is about. */
    private boolean hasSent() {
        return download != null && download.session().isPresent();
    }

    /** The function that is carried out, for those that carry out one. */
    public Optional<EsFunction> function() {
        if (purpose instanceof Purpose.DownloadProfile asked) {
            return Optional.of(asked.profile().function());
        }
        return purpose instanceof Purpose.Carry carry ? Optional.of(carry.function()) : Optional.empty();
    }

    /** Its one outcome; empty before. */
    public Optional<Outcome> outcome() {
        return state instanceof ProcedureState.Ended ended ? Optional.of(ended.outcome()) : Optional.empty();
    }

    /** What the card is asked for at this point: a profile that was just downloaded is enabled. */
    Optional<EsFunction.Name> asked() {
        if (purpose instanceof Purpose.Discard) {
            return Optional.of(EsFunction.Name.DELETE_PROFILE);
        }
        return isEnablingDownloaded()
                ? Optional.of(EsFunction.Name.ENABLE_PROFILE)
                : function().map(EsFunction::name);
    }

    boolean carries(EsFunction.Name name) {
        return asked().filter(name::equals).isPresent();
    }

    /** Whether the profile that it downloads is on the card, and what is left is to enable it. */
    boolean isEnablingDownloaded() {
        return download != null && download.installed();
    }

    /** Whether there is no whole profile on the card yet that it downloads. */
    boolean isDownloading() {
        return purpose instanceof Purpose.DownloadProfile && !isEnablingDownloaded();
    }

    /** Whether the card changes its profile for it, with a REFRESH, a notification and a confirmation at the end. */
    boolean endsLate() {
        return carries(EsFunction.Name.ENABLE_PROFILE) || carries(EsFunction.Name.DISABLE_PROFILE);
    }

    /** Whether its command comes with a package for the card's group, if it can. */
    public boolean isInGroup() {
        return purpose instanceof Purpose.Carry carry && carry.inGroup();
    }

    boolean isReported() {
        return origin.isReported() && function().isPresent();
    }

    Procedure in(ProcedureState next, @Nullable Instant nextDue) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                next,
                messages,
                tries,
                nextDue,
                target,
                commandedBy,
                download);
    }

    Procedure at(long nextPosition, Instant now) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                nextPosition,
                validUntil,
                now,
                state,
                messages,
                tries,
                due,
                target,
                commandedBy,
                download);
    }

    Procedure aimedAt(@Nullable Aid isdP) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                state,
                messages,
                tries,
                due,
                isdP,
                commandedBy,
                download);
    }

    Procedure commandedBy(FlowStep step) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                state,
                messages,
                tries,
                due,
                target,
                step,
                download);
    }

    /** With what its download has come to; {@code null} takes it away. */
    public Procedure with(@Nullable Download next) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                state,
                messages,
                tries,
                due,
                target,
                commandedBy,
                next);
    }

    Procedure tryingAgain() {
        return withTries(tries + 1);
    }

    /** For a step whose tries are counted by themselves. */
    Procedure untried() {
        return withTries(0);
    }

    private Procedure withTries(int next) {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                state,
                messages,
                next,
                due,
                target,
                commandedBy,
                download);
    }

    Procedure withNextMessage() {
        return new Procedure(
                id,
                operation,
                purpose,
                origin,
                position,
                validUntil,
                askedAt,
                state,
                messages + 1,
                tries,
                due,
                target,
                commandedBy,
                download);
    }

    String messageId() {
        return id + "." + messages;
    }
}
