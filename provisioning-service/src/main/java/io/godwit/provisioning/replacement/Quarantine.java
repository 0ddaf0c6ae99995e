package io.godwit.provisioning.replacement;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A card that has a profile without a right to it, after a forced replacement. Only the deletion of that profile goes to it,
 * whenever it appears; it ends with the card's authenticated word that the profile is gone. It may never end.
 *
 * @param id of the quarantine; its orders bear it
 * @param masterDelete whether the operator's token is there, for a profile whose policies forbid the deletion
 * @param due when the card is asked again; {@code null}: an order is out, or it is over
 */
public record Quarantine(
        String id,
        Nid nid,
        Iccid iccid,
        boolean masterDelete,
        Asking asking,
        boolean over,
        @Nullable Instant due) {
    /** What others are told. */
    public static final String CODE = "QUARANTINED";

    private static final Set<Function> PERMITTED =
            Set.of(Function.DISABLE, Function.DELETE, Function.MASTER_DELETE, Function.AUDIT);

    /** What comes of an input; nothing of it has happened yet. */
    public record Step(Quarantine next, List<CardOrder> orders) {
        public Step {
            orders = List.copyOf(orders);
        }
    }

    /** The first orders of the quarantine that a replacement brings about. */
    public static Step begin(TicketId by, Nid nid, Iccid iccid, Instant now, ReplacementRules rules) {
        return begin(by + ".quarantine", nid, iccid, false, now, rules);
    }

    public static Step begin(
            String id, Nid nid, Iccid iccid, boolean masterDelete, Instant now, ReplacementRules rules) {
        return new Quarantine(id, nid, iccid, masterDelete, Asking.NOTHING, false, null)
                .order(Function.DISABLE, now, rules);
    }

    /** Whether an order may go to the card: its own ones, which bring the deletion about. */
    public boolean permits(String order, Function function) {
        return over || (hasOrdered(order) && PERMITTED.contains(function));
    }

    /** Whether that order is one of its own. */
    public boolean hasOrdered(String order) {
        return order.startsWith(id + ".");
    }

    /** An order has its outcome; one that is not waited for changes nothing. */
    public Step ended(ReplacementInput.OrderEnded ended, Instant now, ReplacementRules rules) {
        if (over || asking.find(ended.order()).isEmpty()) {
            return new Step(this, List.of());
        }
        if (ended.finding() == Finding.ABSENT) {
            return new Step(new Quarantine(id, nid, iccid, masterDelete, asking.none(), true, null), List.of());
        }
        return switch (requireNonNull(asking.pending(), "pending is null").function()) {
            // Not disabled, it may be so already, or the card may delete it all the same.
            case DISABLE -> order(Function.DELETE, now, rules);
            case DELETE -> order(masterDelete ? Function.MASTER_DELETE : Function.AUDIT, now, rules);
            case MASTER_DELETE -> order(Function.AUDIT, now, rules);
            default ->
                new Step(
                        new Quarantine(
                                id,
                                nid,
                                iccid,
                                masterDelete,
                                asking.later(Function.DISABLE),
                                false,
                                now.plus(rules.askAgain(asking.made()))),
                        List.of());
        };
    }

    /** Its due time has come, or the card has. */
    public Step due(Instant now, ReplacementRules rules) {
        Function next = asking.next();
        return over || next == null ? new Step(this, List.of()) : order(next, now, rules);
    }

    private Step order(Function function, Instant now, ReplacementRules rules) {
        Asking more = asking.order(id, nid, function, iccid, now.plus(rules.auditValidity()));
        return new Step(
                new Quarantine(id, nid, iccid, masterDelete, more, false, null),
                List.of(requireNonNull(more.pending(), "pending is null")));
    }
}
