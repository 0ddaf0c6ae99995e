package io.godwit.provisioning.intake;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.RequestTable;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.Asking.Shared;
import io.godwit.provisioning.request.Asking.Used;
import io.godwit.provisioning.request.GroupPolicy;
import io.godwit.provisioning.request.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a slice's cards that ask: the policies, and what rules with a limit for all have granted. */
final class AskingCards {
    private final RequestPolicy tenantPolicy;
    private final Map<Nid, List<GroupPolicy>> groups;
    private final Map<Shared, Set<RequestReason>> shared = new HashMap<>();
    private final Map<Shared, Used> used = new HashMap<>();
    private final int waiting;
    private final Optional<Integer> queue;

    /**
     * To be made before any card is locked. What is granted is counted, and others are waited for, where a rule for what is asked has
     * a limit for all; what waits is counted where one leaves it to an operator.
     *
     * @param asking the cards, each with the reasons that it gives
     * @param isBehind whether devices' messages come faster than they are read
     */
    static AskingCards of(
            Connection connection, TenantId tenant, Map<Nid, Set<RequestReason>> asking, Instant now, boolean isBehind)
            throws SQLException {
        return asking.isEmpty()
                ? new AskingCards(RequestPolicy.NONE, Map.of(), 0)
                : new AskingCards(connection, tenant, asking, now, isBehind);
    }

    private AskingCards(RequestPolicy tenantPolicy, Map<Nid, List<GroupPolicy>> groups, int waiting) {
        this.tenantPolicy = tenantPolicy;
        this.groups = groups;
        this.waiting = waiting;
        this.queue = Optional.empty();
    }

    private AskingCards(
            Connection connection, TenantId tenant, Map<Nid, Set<RequestReason>> asking, Instant now, boolean isBehind)
            throws SQLException {
        this.tenantPolicy = FleetTable.policy(connection, tenant);
        this.groups = FleetTable.policies(connection, tenant, asking.keySet());
        boolean approved = false;
        for (Map.Entry<Nid, Set<RequestReason>> card : asking.entrySet()) {
            approved |= share(Optional.empty(), tenantPolicy, card.getValue());
            for (GroupPolicy group : groups.getOrDefault(card.getKey(), List.of())) {
                approved |= share(Optional.of(group.gid()), group.policy(), card.getValue());
            }
        }
        if (!shared.isEmpty()) {
            RequestTable.lockShared(connection, tenant);
        }
        for (Map.Entry<Shared, Set<RequestReason>> rule : shared.entrySet()) {
            used.put(rule.getKey(), RequestTable.used(connection, tenant, rule.getKey(), rule.getValue(), now));
        }
        this.waiting = approved ? RequestTable.waiting(connection, tenant) : 0;
        this.queue = isBehind ? Optional.of(RequestTable.queued(connection, tenant)) : Optional.empty();
    }

    /** @return whether a rule for what is asked leaves it to an operator */
    private boolean share(Optional<Gid> scope, RequestPolicy policy, Set<RequestReason> asked) {
        List<RequestRule> rules =
                asked.stream().flatMap(reason -> policy.rule(reason).stream()).toList();
        rules.stream()
                .filter(rule -> rule.quota().inAll().isPresent())
                .forEach(rule -> shared.put(new Shared(scope, rule), policy.reasonsOf(rule)));
        return rules.stream().anyMatch(rule -> rule.grant() == RequestRule.Grant.APPROVAL);
    }

    /** What is known of one of them, after what was granted in its batch already. */
    Asking of(Nid nid, BatchTickets tickets) {
        Map<Shared, Used> now = new HashMap<>(used);
        int more = 0;
        int queued = 0;
        for (Ticket granted : tickets.granted()) {
            more += granted.stage() == TicketStage.WAITING ? 1 : 0;
            queued += granted.isQueued() ? 1 : 0;
            shared.forEach((rule, reasons) -> {
                if (rule.scope().equals(granted.scope()) && reasons.contains(granted.reason())) {
                    now.merge(rule, Used.NONE.and(granted.askedAt()), (known, one) -> known.and(granted.askedAt()));
                }
            });
        }
        int before = queued;
        return new Asking(
                groups.getOrDefault(nid, List.of()),
                tenantPolicy,
                tickets.all(nid),
                now,
                waiting + more,
                queue.map(length -> length + before));
    }
}
