package io.godwit.provisioning.request;

import io.godwit.protocol.Gid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.protocol.record.TicketState;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that was not refused at once. Kept for as long as a quota may count it, so that its D1 is known for as long.
 *
 * @param d1 the id of the D1
 * @param operation under which name it is carried out and reported
 * @param scope the group whose rule it is; empty: the tenant's
 * @param gid the group that it is for; empty: the card itself
 * @param stage where it stands
 * @param due when it begins, expires, or is given up, by its stage; empty: nothing is to come of it by itself
 * @param place as the D2 tells it
 * @param refusal why it was dropped
 */
public record Ticket(
        String d1,
        String operation,
        Optional<Gid> scope,
        Optional<Gid> gid,
        RequestReason reason,
        Granted granted,
        Optional<QuietHours> quietHours,
        RequestRule.Trigger trigger,
        TicketStage stage,
        Instant askedAt,
        Optional<Instant> due,
        int place,
        Optional<Refusal> refusal) {
    /** The same ticket, further on. */
    public Ticket at(TicketStage next, Optional<Instant> nextDue) {
        return new Ticket(
                d1,
                operation,
                scope,
                gid,
                reason,
                granted,
                quietHours,
                trigger,
                next,
                askedAt,
                nextDue,
                place,
                Optional.empty());
    }

    /** The same ticket, of which nothing comes. */
    public Ticket dropped(TicketStage next, Refusal why) {
        return new Ticket(
                d1,
                operation,
                scope,
                gid,
                reason,
                granted,
                quietHours,
                trigger,
                next,
                askedAt,
                Optional.empty(),
                place,
                Optional.of(why));
    }

    /** Until when it has to wait, if it may begin at {@code now} by all but the clock. */
    public Optional<Instant> quietUntil(Instant now) {
        return quietHours.flatMap(hours -> hours.endAfter(now));
    }

    /** Whether it is open and for just that. */
    boolean isFor(Granted what, Optional<Gid> whom) {
        return (stage.isOpen() || isQueued()) && granted.equals(what) && gid.equals(whom);
    }

    /** Whether it is granted, and begins when the platform has time for it. */
    public boolean isQueued() {
        return stage == TicketStage.GRANTED && due.isPresent();
    }

    /** As events tell it. */
    public TicketState state() {
        return new TicketState(stage, reason, gid, granted, isQueued() ? Optional.empty() : due, refusal);
    }
}
