package io.godwit.provisioning.replacement;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One input on its way through a replacement. Lives for one decision. */
final class Turn {
    private final Instant now;
    private final ReplacementRules rules;
    private final List<Effect> effects = new ArrayList<>();
    private Replacement replacement;

    Turn(Replacement replacement, Instant now, ReplacementRules rules) {
        this.replacement = replacement;
        this.now = now;
        this.rules = rules;
    }

    Replacement replacement() {
        return replacement;
    }

    Ticket ticket() {
        return replacement.ticket();
    }

    Stage stage() {
        return replacement.stage();
    }

    boolean isPeer() {
        return ticket().mode() == Mode.PEER;
    }

    Instant now() {
        return now;
    }

    ReplacementRules rules() {
        return rules;
    }

    boolean isExpired() {
        return !now.isBefore(ticket().notAfter());
    }

    void set(Replacement next) {
        replacement = next;
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    ReplacementDecision ignore(Ignored why) {
        return new ReplacementDecision(replacement, effects, why);
    }

    /** It goes on as it is, with what was set and emitted. */
    ReplacementDecision stay() {
        return new ReplacementDecision(replacement, effects, null);
    }

    /** It comes to another stage, where no order of the last one is waited for. */
    void enter(Stage next, @Nullable Instant due) {
        replacement =
                replacement.in(next, due).with(replacement.asking().none()).withAlarmAt(null);
        emit(new Effect.Progressed(next, null));
    }

    /** It waits until then. */
    ReplacementDecision until(Instant due) {
        replacement = replacement.in(stage(), due);
        return stay();
    }

    ReplacementDecision order(Side side, Function function, Iccid iccid, Duration validity) {
        Asking asking = replacement
                .asking()
                .order(ticket().id().toString(), ticket().nid(side), function, iccid, now.plus(validity));
        replacement = replacement.with(asking).in(stage(), replacement.alarmAt());
        emit(new Effect.Order(requireNonNull(asking.pending(), "pending is null")));
        return stay();
    }

    ReplacementDecision order(Side side, Function function) {
        return order(
                side,
                function,
                ticket().iccid(),
                function == Function.AUDIT ? rules.auditValidity() : rules.orderValidity());
    }

    /** The card is asked after a while, or when it comes. */
    ReplacementDecision later(Function function) {
        Instant again = now.plus(rules.askAgain(replacement.asking().made()));
        Instant alarm = replacement.alarmAt();
        replacement = replacement
                .with(replacement.asking().later(function))
                .in(stage(), alarm != null && alarm.isBefore(again) ? alarm : again);
        return stay();
    }

    /** The card that was to be asked later is asked now; nothing when an order is out. */
    ReplacementDecision askNow(Side side) {
        Function next = replacement.asking().next();
        return next == null ? stay() : order(side, next);
    }

    /** People are to be told when it takes longer than they may expect. */
    void watch() {
        replacement = replacement.withAlarmAt(now.plus(rules.patience()));
    }

    /** The due time has come at a stage that waits for a card. */
    ReplacementDecision due(Side side, Effect.Alarm alarm) {
        Instant at = replacement.alarmAt();
        if (at != null && !now.isBefore(at)) {
            emit(alarm);
            replacement = replacement.withAlarmAt(null).in(stage(), null);
        }
        return askNow(side);
    }

    void republish(FlowStep step, Side to, Octets payload) {
        emit(new Effect.Republish(step, ticket().nid(to), payload));
    }

    /** Of a forced replacement no device has asked. */
    void tellEnd(Outcome outcome) {
        if (ticket().mode() != Mode.FORCED) {
            emit(new Effect.TellEnd(ticket().newNid(), outcome));
        }
    }

    /** It is over, and both cards are free for others. */
    ReplacementDecision end(Stage last, Outcome outcome) {
        replacement = replacement
                .with(replacement.asking().none())
                .with(outcome)
                .withAlarmAt(null)
                .in(last, null);
        emit(new Effect.Release(ticket().oldNid(), ticket().id()));
        emit(new Effect.Release(ticket().newNid(), ticket().id()));
        tellEnd(outcome);
        emit(new Effect.Progressed(last, outcome));
        return stay();
    }
}
