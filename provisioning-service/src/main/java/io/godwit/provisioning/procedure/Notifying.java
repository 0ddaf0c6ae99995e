package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileTarget;
import org.jspecify.annotations.Nullable;

/** D1 from the card: its notification, and its answer to the confirmation. */
final class Notifying {
    private Notifying() {}

    /** Whether {@code notification} tells how this procedure's change went, and not of something older. */
    static boolean concerns(Procedure procedure, Notification notification, Card card, Moment moment) {
        if (!procedure.endsLate()) {
            return false;
        }
        ProcedureState state = procedure.state();
        boolean accepted = state instanceof ProcedureState.AwaitingNotification
                || state instanceof ProcedureState.Confirming
                || (state instanceof ProcedureState.Auditing auditing && auditing.doubt() == Doubt.NO_NOTIFICATION);
        boolean maybeExecuted = state instanceof ProcedureState.Commanded
                || state instanceof ProcedureState.Auditing
                || GroupMode.mayHaveExecuted(procedure, card.nid(), moment);
        return switch (notification.type()) {
            case PROFILE_CHANGE_SUCCEEDED ->
                isAsWanted(procedure, notification) && (accepted || (maybeExecuted && !card.lapsed()));
            case PROFILE_CHANGE_FAILED_AND_ROLLED_BACK -> accepted || (maybeExecuted && !card.lapsed());
            case PROFILE_CHANGE_AFTER_FALLBACK -> accepted;
            case EUICC_DECLARATION, VOID -> false;
        };
    }

    /** Whether {@code later} has taken the place of {@code earlier} on the card, which forgets the report of a change then. */
    static boolean supersedes(@Nullable Notification later, @Nullable Notification earlier) {
        return later != null
                && earlier != null
                && later.type() != NotificationType.EUICC_DECLARATION
                && earlier.type() != NotificationType.EUICC_DECLARATION
                && Card.isAhead(later.sequence(), earlier.sequence());
    }

    static Decision notified(Turn asked, ProcedureInput.Notified notified) {
        if (asked.procedure().purpose() instanceof Purpose.Acknowledge waiting
                && supersedes(notified.notification(), waiting.notification())) {
            return asked.end(Outcome.failed("SUPERSEDED", "the card has reported a later change"));
        }
        // A member whose answer to the group's command is lost: its notification tells that it had the command.
        Turn turn = asked.procedure().state().isWithGroup()
                ? asked.with(asked.procedure().commandedBy(FlowStep.C1))
                : asked;
        Procedure procedure = turn.procedure();
        Notification notification = notified.notification();
        if (procedure.state() instanceof ProcedureState.Confirming confirming
                && confirming.notification().sequence() == notification.sequence()) {
            return sameAgain(turn, confirming, notified.d1());
        }
        if (!concerns(procedure, notification, turn.card(), turn.moment())) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        if (notification.type() == NotificationType.PROFILE_CHANGE_SUCCEEDED) {
            return turn.isExpired() ? Expiry.of(turn) : turn.confirm(notified.d1(), notification, Outcome.SUCCEEDED);
        }
        Eis restored = turn.card().eis().withEnabled(notification.enabledIsdP());
        Decision decision = turn.with(turn.card().with(restored))
                .confirm(notified.d1(), notification, failure(notification.type(), notified.attachRefused()));
        return restored.equals(turn.card().eis()) ? decision : decision.telling(turn.changed(restored));
    }

    /** The device has forgotten its D1's id: the same packet goes out under the new one. */
    private static Decision sameAgain(Turn turn, ProcedureState.Confirming confirming, String d1) {
        if (turn.isExpired()) {
            return Expiry.of(turn);
        }
        return turn.readdress(confirming, d1);
    }

    static Decision confirmed(Turn turn, StepBody.ConfirmationResult result) {
        if (!(turn.procedure().state() instanceof ProcedureState.Confirming confirming)) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        CardAnswer answer = CardAnswer.read(
                result.packet(), confirming.confirmation(), turn.moment().keys().get());
        if (answer instanceof CardAnswer.Foreign foreign) {
            return turn.ignore(foreign.why());
        }
        return turn.received(settled(turn, confirming, answer), result.id());
    }

    private static Decision settled(Turn turn, ProcedureState.Confirming confirming, CardAnswer answer) {
        if (answer instanceof CardAnswer.NotTaken notTaken) {
            return notTaken.status() == ResponseStatus.COUNTER_LOW
                    ? turn.audit(Doubt.NOTHING_TO_CONFIRM)
                    : turn.end(Outcome.failed(
                            "PACKET_" + notTaken.status().name(),
                            "the card did not take the confirmation; check its keys and counters"));
        }
        Notification notification = confirming.notification();
        Es5Outcome outcome = new NotificationConfirmation(notification.sequence())
                .outcome(((CardAnswer.Executed) answer).responses());
        if (!(outcome instanceof Es5Outcome.DeletedByPolicy deleted)) {
            return turn.audit(Doubt.NOTHING_TO_CONFIRM);
        }
        Eis before = turn.card().eis();
        Eis after = before.withEnabled(notification.enabledIsdP()).without(deleted.isdPs());
        Decision ended =
                turn.with(turn.card().confirming(notification.sequence())).endWith(after, confirming.resolution());
        return before.enabled()
                .filter(old -> !old.aid().equals(notification.enabledIsdP()) && old.isDeletedWhenDisabled())
                .filter(old -> after.find(old.aid()).isPresent())
                .map(old -> ended.followedBy(deletion(turn, old.aid())))
                .orElse(ended);
    }

    /** POL2's automatic deletion is the SM-SR's to send; POL1's the card has done by itself. */
    private static Procedure deletion(Turn turn, Aid isdP) {
        Procedure procedure = turn.procedure();
        return Procedure.queued(
                Procedure.idOf(procedure.id().toString(), "auto-delete"),
                procedure.operation(),
                new Purpose.Carry(new EsFunction(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByAid(isdP))),
                Origin.POLICY,
                turn.moment().now().plus(turn.moment().rules().settleValidity()));
    }

    private static boolean isAsWanted(Procedure procedure, Notification notification) {
        boolean targetIsEnabled = notification.enabledIsdP().equals(procedure.target());
        return procedure.carries(EsFunction.Name.ENABLE_PROFILE) == targetIsEnabled;
    }

    /** Why the card has changed its profile, where it did so by itself and nobody waited for it; {@code null}: it did not. */
    static @Nullable Outcome unordered(Purpose.Acknowledge acknowledge) {
        NotificationType type = acknowledge.notification().type();
        return type == NotificationType.PROFILE_CHANGE_AFTER_FALLBACK
                        || type == NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK
                ? failure(type, acknowledge.attachRefused())
                : null;
    }

    private static Outcome failure(NotificationType type, @Nullable String attachRefused) {
        String why = attachRefused == null ? "" : "; the device says that a network refused it: " + attachRefused;
        return type == NotificationType.PROFILE_CHANGE_AFTER_FALLBACK
                ? Outcome.failed(
                        "FELL_BACK", "neither profile found a network: the card enabled its fall-back profile" + why)
                : Outcome.failed(
                        "ROLLED_BACK",
                        "the card found no network with the new profile and went back to the previous one" + why);
    }
}
