package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.RequestTable;
import io.godwit.provisioning.request.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tickets of a batch's cards: read where one is needed, and written with the batch. */
final class BatchTickets {
    private final Map<Nid, Map<String, Ticket>> tickets = new HashMap<>();
    private final Map<String, RequestTable.Row> changed = new LinkedHashMap<>();
    private final List<Ticket> granted = new ArrayList<>();

    /** To be called with the cards locked, before anything is asked of them. */
    void read(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        List<Nid> unread = nids.stream()
                .filter(nid -> !tickets.containsKey(nid))
                .distinct()
                .toList();
        if (unread.isEmpty()) {
            return;
        }
        unread.forEach(nid -> tickets.put(nid, new LinkedHashMap<>()));
        RequestTable.find(connection, tenant, unread)
                .forEach((nid, found) -> found.forEach(ticket -> of(nid).put(ticket.d1(), ticket)));
    }

    /** Those of a card that was read. */
    List<Ticket> all(Nid nid) {
        return List.copyOf(of(nid).values());
    }

    Optional<Ticket> find(Nid nid, String operation) {
        return of(nid).values().stream()
                .filter(ticket -> ticket.operation().equals(operation))
                .findFirst();
    }

    /** Whether that D1 has got its ticket after it had been said; never of a card that was not read. */
    boolean hasAnsweredSince(Nid nid, String d1, Instant said) {
        Ticket ticket = tickets.getOrDefault(nid, Map.of()).get(d1);
        return ticket != null && said.isBefore(ticket.askedAt());
    }

    /** What was decided of that card's tickets. */
    void take(Nid nid, List<Ticket> decided) {
        for (Ticket ticket : decided) {
            if (of(nid).put(ticket.d1(), ticket) == null) {
                granted.add(ticket);
            }
            changed.put(nid + "/" + ticket.d1(), new RequestTable.Row(nid, ticket));
        }
    }

    /** Tickets that are new in this batch. */
    List<Ticket> granted() {
        return granted;
    }

    private Map<String, Ticket> of(Nid nid) {
        return tickets.computeIfAbsent(nid, card -> new LinkedHashMap<>());
    }

    void store(Connection connection, TenantId tenant, Instant now) throws SQLException {
        if (!changed.isEmpty()) {
            RequestTable.prune(
                    connection,
                    tenant,
                    changed.values().stream()
                            .map(RequestTable.Row::nid)
                            .distinct()
                            .toList(),
                    now);
        }
        RequestTable.put(connection, tenant, changed.values());
    }
}
