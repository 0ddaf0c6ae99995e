package io.godwit.provisioning.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.RequestTable;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.Ticket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is counted, and who is waited for, before a slice's cards are asked what they want. */
@QuarkusTest
class AskingCardsIT {
    private static final TenantId TENANT = new TenantId("asking-cards");
    private static final Nid METER = new Nid("meter-1");
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final Granted PROFILE = new Granted.FromStock(new TemplateId("consumer"));
    private static final RequestRule LIMITED = rule(RequestReason.FIRST_ATTACH, Optional.of(5));
    private static final RequestRule LIMITED_TOO = rule(RequestReason.LOCAL_BUTTON, Optional.of(5));
    private static final RequestRule FREE = rule(RequestReason.LOST_CONNECTIVITY, Optional.empty());

    @Inject
    AgroalDataSource application;

    @Test
    void onlyRulesForWhatIsAskedAreCountedAndTheTenantIsLockedForThoseAlone() throws SQLException {
        TenantTransaction transactions = new TenantTransaction(application, () -> {});
        transactions.in(TENANT, connection -> {
            RequestPolicy policy = new RequestPolicy(List.of(LIMITED, LIMITED_TOO, FREE));
            FleetTable.apply(
                    connection,
                    TENANT,
                    List.of(new FleetRecord.Tenant(TENANT, 1, TopicSet.SHARED, "default", true, List.of(), policy)));
            RequestTable.put(
                    connection,
                    TENANT,
                    List.of(
                            granted("d1-1", 10, TicketStage.ORDERING),
                            granted("d1-2", 20, TicketStage.REFUSED),
                            granted("d1-3", 90, TicketStage.ORDERING)));
            return 0;
        });
        transactions.in(TENANT, connection -> {
            assertEquals(
                    Map.of(),
                    asking(connection, RequestReason.LOST_CONNECTIVITY).used());
            assertEquals(0, advisoryLocks(connection));
            return 0;
        });
        transactions.in(TENANT, connection -> {
            assertEquals(
                    Map.of(
                            new Asking.Shared(Optional.empty(), LIMITED),
                            new Asking.Used(1, Optional.of(NOW.minus(Duration.ofMinutes(10))))),
                    asking(connection, RequestReason.FIRST_ATTACH).used());
            assertEquals(1, advisoryLocks(connection));
            return 0;
        });
    }

    private static Asking asking(Connection connection, RequestReason reason) throws SQLException {
        BatchTickets tickets = new BatchTickets();
        tickets.read(connection, TENANT, List.of(METER));
        return AskingCards.of(connection, TENANT, Map.of(METER, Set.of(reason)), NOW, false)
                .of(METER, tickets);
    }

    private static int advisoryLocks(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static RequestTable.Row granted(String d1, int minutesAgo, TicketStage stage) {
        return new RequestTable.Row(
                new Nid("other-" + d1),
                new Ticket(
                        d1,
                        "operation-" + d1,
                        Optional.empty(),
                        Optional.empty(),
                        RequestReason.FIRST_ATTACH,
                        PROFILE,
                        Optional.empty(),
                        RequestRule.Trigger.D2,
                        stage,
                        NOW.minus(Duration.ofMinutes(minutesAgo)),
                        Optional.empty(),
                        0,
                        Optional.empty()));
    }

    private static RequestRule rule(RequestReason reason, Optional<Integer> inAll) {
        return new RequestRule(
                List.of(reason),
                RequestRule.Grant.AUTOMATIC,
                Optional.of(PROFILE),
                new RequestQuota(1, inAll, Duration.ofHours(1)),
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN);
    }
}
