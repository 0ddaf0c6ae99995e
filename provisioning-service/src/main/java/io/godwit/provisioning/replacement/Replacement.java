package io.godwit.provisioning.replacement;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription on its way from one card to another. Facts from both cards are folded one at a time, under this row's own
 * lock; what a card has to do is an order for it, and comes back as a fact.
 *
 * @param ticket what it is bound to; nobody has seen it before it is {@link Stage#GRANTED}
 * @param attempts how often the old card was ordered to delete
 * @param sends how often E1 went on to the old device
 * @param request the E1 with the ticket; {@code null} before it came
 * @param alarmAt when people are told that a card does not answer; {@code null}: never, or they have been
 * @param forced whether the successor gets a subscription of its own
 * @param wasEnabled whether the old card had the profile enabled when it was looked at
 * @param successor that subscription; {@code null} before there is one
 * @param outcome how it has ended, why it is on its way back, or what an old card that keeps the profile
 *     answered last; {@code null} while all is well
 * @param due when it wants to be looked at again; {@code null}: not by itself
 */
public record Replacement(
        Ticket ticket,
        Stage stage,
        Asking asking,
        int attempts,
        int sends,
        @Nullable Octets request,
        @Nullable Instant alarmAt,
        boolean forced,
        boolean wasEnabled,
        @Nullable Iccid successor,
        @Nullable Outcome outcome,
        @Nullable Instant due) {
    public Replacement {
        requireNonNull(ticket, "ticket is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(asking, "asking is null");
    }

    /** E1 without a ticket has come from the new device. Whether it may be is what the look at both cards decides. */
    public static ReplacementDecision request(Ticket draft, Instant now, ReplacementRules rules) {
        Replacement opened = new Replacement(
                draft,
                Stage.REQUESTED,
                Asking.NOTHING,
                0,
                0,
                null,
                null,
                false,
                false,
                null,
                null,
                now.plus(rules.firstRetry()));
        return new ReplacementDecision(
                opened, List.of(new Effect.Progressed(Stage.REQUESTED, null), new Effect.Look()), null);
    }

    /** An operator orders a successor for a card that is dead, lost or stolen; nothing is asked of that card. */
    public static ReplacementDecision force(Ticket draft, boolean stolen, Instant now, ReplacementRules rules) {
        Replacement opened = new Replacement(
                draft, Stage.REQUESTED, Asking.NOTHING, 0, 0, null, null, true, false, null, null, null);
        Turn turn = new Turn(opened, now, rules);
        Forcing.isolate(turn, stolen);
        return Forcing.begin(turn);
    }

    /** Decides what {@code input} means. */
    public ReplacementDecision decide(ReplacementInput input, Instant now, ReplacementRules rules) {
        Turn turn = new Turn(this, now, rules);
        return switch (stage) {
            case REQUESTED, AWAITING_APPROVAL, GRANTED -> Granting.on(turn, input);
            case OFFERED, AGREED -> Offering.on(turn, input);
            case INSTALLING, ENABLING -> Installing.on(turn, input);
            case DELETING -> Deleting.on(turn, input);
            case WITHDRAWING, RESTORING -> Withdrawing.on(turn, input);
            case FORCED -> Forcing.on(turn, input);
            case COMPLETED, ENDED -> over(turn, input);
        };
    }

    /** Whether another replacement may have one of the cards. */
    public boolean isOpen() {
        return stage.isOpen();
    }

    /** Who has to do something next. */
    public Party waitsFor() {
        return stage == Stage.INSTALLING && ticket.mode() == Mode.PEER && asking.pending() == null
                ? Party.NEW_DEVICE
                : stage.waitsFor();
    }

    /** The same E1 gets the same end; all else is too late. */
    private static ReplacementDecision over(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Repeated && turn.replacement().outcome() != null) {
            turn.tellEnd(turn.replacement().outcome());
        }
        return turn.ignore(Ignored.ENDED);
    }

    Replacement in(Stage next, @Nullable Instant nextDue) {
        return new Replacement(
                ticket,
                next,
                asking,
                attempts,
                sends,
                request,
                alarmAt,
                forced,
                wasEnabled,
                successor,
                outcome,
                nextDue);
    }

    Replacement with(Ticket next) {
        return new Replacement(
                next, stage, asking, attempts, sends, request, alarmAt, forced, wasEnabled, successor, outcome, due);
    }

    Replacement with(Asking next) {
        return new Replacement(
                ticket, stage, next, attempts, sends, request, alarmAt, forced, wasEnabled, successor, outcome, due);
    }

    Replacement with(Outcome next) {
        return new Replacement(
                ticket, stage, asking, attempts, sends, request, alarmAt, forced, wasEnabled, successor, next, due);
    }

    Replacement withAttempt() {
        return new Replacement(
                ticket,
                stage,
                asking,
                attempts + 1,
                sends,
                request,
                alarmAt,
                forced,
                wasEnabled,
                successor,
                outcome,
                due);
    }

    /** E1 has gone on once more. */
    Replacement sent(Octets e1) {
        return new Replacement(
                ticket, stage, asking, attempts, sends + 1, e1, alarmAt, forced, wasEnabled, successor, outcome, due);
    }

    Replacement withAlarmAt(@Nullable Instant next) {
        return new Replacement(
                ticket, stage, asking, attempts, sends, request, next, forced, wasEnabled, successor, outcome, due);
    }

    Replacement withEnabled(boolean before) {
        return new Replacement(
                ticket, stage, asking, attempts, sends, request, alarmAt, forced, before, successor, outcome, due);
    }

    Replacement nowForced() {
        return new Replacement(
                ticket, stage, asking, attempts, sends, request, alarmAt, true, wasEnabled, successor, outcome, due);
    }

    Replacement with(Iccid next) {
        return new Replacement(
                ticket, stage, asking, attempts, sends, request, alarmAt, forced, wasEnabled, next, outcome, due);
    }
}
