package io.godwit.provisioning.request;

import io.godwit.protocol.Gid;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a card that asks.
 *
 * @param groups the card's, each with its policy
 * @param tenant the policy where no group has a rule
 * @param tickets the card's, open or not
 * @param used what rules that have a limit for all have granted in their period
 * @param waiting how many requests of the tenant wait for an operator
 * @param queue how many requests of the tenant are granted and have not begun, because devices' messages come faster than they are read;
 *     empty: they are read as they come, and what is granted begins at once
 */
public record Asking(
        List<GroupPolicy> groups,
        RequestPolicy tenant,
        List<Ticket> tickets,
        Map<Shared, Used> used,
        int waiting,
        Optional<Integer> queue) {
    /**
     * A rule with a limit for all.
     *
     * @param scope the group whose rule it is; empty: the tenant's
     */
    public record Shared(Optional<Gid> scope, RequestRule rule) {}

    /**
     * What it has granted in its period.
     *
     * @param oldest when the first of them was asked for
     */
    public record Used(int count, Optional<Instant> oldest) {
        public static final Used NONE = new Used(0, Optional.empty());

        /** One more. */
        public Used and(Instant askedAt) {
            return new Used(count + 1, oldest.or(() -> Optional.of(askedAt)));
        }
    }

    public Asking {
        groups = List.copyOf(groups);
        tickets = List.copyOf(tickets);
        used = Map.copyOf(used);
    }

    /** Where what is granted begins at once. */
    public Asking(
            List<GroupPolicy> groups, RequestPolicy tenant, List<Ticket> tickets, Map<Shared, Used> used, int waiting) {
        this(groups, tenant, tickets, used, waiting, Optional.empty());
    }

    /** Of a card that has never asked, in a tenant whose groups alone have policies. */
    public Asking(List<GroupPolicy> groups) {
        this(groups, RequestPolicy.NONE, List.of(), Map.of(), 0);
    }

    /** The ticket that the D1 of that id has got. */
    public Optional<Ticket> ticketOf(String d1) {
        return tickets.stream().filter(ticket -> ticket.d1().equals(d1)).findFirst();
    }
}
