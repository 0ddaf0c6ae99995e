package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileState.State;
import io.godwit.protocol.record.ReplacementParties;
import io.godwit.registry.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What two or three cards and their replacement tell lies on different partitions. In whatever order it is read, event by event, again and
 * again, all at once or side by side: the ledger, the stock and the claims come to the same.
 */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
class ReplacedCardsIT {
    private static final TenantId TENANT = new TenantId("replaced-cards");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Aid ISD_P = new Aid("A0000005591010FFFFFFFF8900001200");
    private static final Octets PACKET = Octets.fromHex("02242412000001");
    private static final AtomicLong SERIAL = new AtomicLong();

    private static final String MOVED = "old 0-8 DownloadProfile/Replacement, new 8- Replacement t1";
    private static final String DELETED_LATER =
            "old 0-8 DownloadProfile/Replacement, new 8-20 Replacement/DeleteProfile t1";

    @Inject
    TenantTransaction transactions;

    @Test
    void aSubscriptionThatMovesIsTheSuccessorsInEveryOrderAndNeverAvailable() throws SQLException {
        List<List<Integer>> orders = orders(6, 3);
        assertEquals(84, orders.size());
        for (List<Integer> order : orders) {
            Case one = new Case(true);
            List<List<EventRecord>> partitions = List.of(one.toldOfOld(), one.toldOfNew());
            for (EventRecord event : one.merged(partitions, order)) {
                one.take(event);
                one.take(event);
                assertNotEquals("Available", one.state(), order.toString());
            }
            one.assertMoved(order.toString());
        }
    }

    @Test
    void whatIsReadAtOnceComesToTheSame() throws SQLException {
        Case one = new Case(true);
        one.take(one.merged(List.of(one.toldOfOld(), one.toldOfNew()), List.of(0, 0, 1, 1, 0, 0, 0, 1, 0)));
        one.assertMoved("all at once");
        Case halves = new Case(true);
        halves.take(halves.toldOfNew());
        halves.take(halves.toldOfOld());
        halves.assertMoved("the new card's first");
        Case others = new Case(true);
        others.take(others.toldOfOld());
        others.take(others.toldOfNew());
        others.assertMoved("the old card's first");
    }

    @Test
    void whatIsReadSideBySideComesToTheSame() throws Exception {
        for (int round = 0; round < 30; round++) {
            Case one = new Case(true);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> one.takeEach(one.toldOfNew()));
            one.takeEach(one.toldOfOld());
            other.get();
            one.assertMoved("round " + round);
        }
    }

    @Test
    void aProfileThatIsNotOfTheStockKeepsItsClaimForTheHolder() throws SQLException {
        for (List<Integer> order : orders(6, 3)) {
            Case one = new Case(false);
            for (EventRecord event : one.merged(List.of(one.toldOfOld(), one.toldOfNew()), order)) {
                one.take(event);
                assertFalse(one.claims("stranger"), order.toString());
            }
            assertTrue(one.claims(one.fresh), order.toString());
            assertEquals(MOVED, one.ledger(), order.toString());
        }
    }

    @Test
    void aSuccessorThatDeletesItLaterGivesItBackInEveryOrder() throws SQLException {
        for (boolean stock : new boolean[] {true, false}) {
            for (List<Integer> order : orders(4, 3)) {
                Case one = new Case(stock);
                List<EventRecord> old = one.toldOfOld();
                List<EventRecord> fresh = new ArrayList<>(one.toldOfNew().subList(1, 3));
                fresh.add(one.has(one.fresh, 4, 20, "DeleteProfile", null));
                List<List<EventRecord>> partitions =
                        List.of(List.of(old.get(0), old.get(1), old.get(3), old.get(4)), fresh);
                List<EventRecord> events = one.merged(partitions, order);
                int[] read = new int[2];
                for (int i = 0; i < events.size(); i++) {
                    one.take(events.get(i));
                    read[order.get(i)]++;
                    boolean bothAreWithout = read[0] >= 3 && read[1] == 3;
                    if (stock) {
                        assertEquals(bothAreWithout, one.state().equals("Available"), order + " at " + i);
                    }
                }
                assertEquals(DELETED_LATER, one.ledger(), order.toString());
                if (stock) {
                    assertEquals("Available null null", one.subscription(), order.toString());
                } else {
                    assertTrue(one.claims("stranger"), order.toString());
                }
            }
        }
    }

    @Test
    void oneThatIsWithdrawnLeavesAllAsItWasInEveryOrder() throws SQLException {
        for (boolean stock : new boolean[] {true, false}) {
            for (List<Integer> order : orders(4, 2)) {
                Case one = new Case(stock);
                List<EventRecord> old = List.of(
                        one.toldOfOld().get(0),
                        one.toldOfOld().get(1),
                        one.stage(4, 7, "Withdrawing", one.old, null, null),
                        one.stage(5, 9, "Ended", one.old, Outcome.failed("CANCELLED", "it was cancelled"), null));
                List<EventRecord> fresh =
                        List.of(one.toldOfNew().get(1), one.has(one.fresh, 3, 8, "DeleteProfile", null));
                one.takeEach(one.merged(List.of(old, fresh), order));
                assertEquals("old 0- DownloadProfile", one.ledger(), order.toString());
                assertTrue(one.claims(one.old), order.toString());
                one.take(one.has(one.old, 5, 30, "DeleteProfile", null));
                assertEquals("old 0-30 DownloadProfile/DeleteProfile", one.ledger(), order.toString());
                if (stock) {
                    assertEquals("Available null null", one.subscription(), order.toString());
                } else {
                    assertTrue(one.claims("stranger"), order.toString());
                }
            }
        }
    }

    @Test
    void fromCardToCardItGoesInItsOrderThoughTheSecondStepIsReadFirst() throws SQLException {
        List<List<Integer>> orders = orders(4, 5, 1);
        assertEquals(1260, orders.size());
        for (int i = 0; i < orders.size(); i += 21) {
            List<Integer> order = orders.get(i);
            Case one = new Case(true);
            List<EventRecord> old = one.toldOfOld();
            Nid third = one.third;
            ReplacementParties parties = one.parties(one.fresh, third);
            List<EventRecord> fresh = List.of(
                    one.toldOfNew().get(1),
                    one.stage("t2-" + one.id, parties, 1, 14, "Installing", one.fresh, null, null),
                    one.has(one.fresh, 4, 17, "DeleteProfile", null),
                    one.stage("t2-" + one.id, parties, 2, 18, "Enabling", third, null, PACKET),
                    one.stage("t2-" + one.id, parties, 3, 19, "Completed", third, Outcome.SUCCEEDED, null));
            List<EventRecord> last = List.of(one.has(third, 1, 15, "Audit", State.DISABLED));
            List<List<EventRecord>> partitions =
                    List.of(List.of(old.get(0), old.get(1), old.get(3), old.get(4)), fresh, last);
            for (EventRecord event : one.merged(partitions, order)) {
                one.take(event);
                assertNotEquals("Available", one.state(), order.toString());
            }
            assertEquals(
                    "old 0-8 DownloadProfile/Replacement, new 8-18 Replacement/Replacement t1, third 18- Replacement t2",
                    one.ledger(),
                    order.toString());
            assertEquals("Consumed third null", one.subscription(), order.toString());
            assertTrue(one.claims(third), order.toString());
        }
    }

    @Test
    void whileItIsInstallingTheSubscriptionIsPromised() throws SQLException {
        Case one = new Case(true);
        one.takeEach(one.toldOfOld().subList(0, 2));
        assertEquals("Consumed old new", one.subscription());
        one.take(one.toldOfNew().get(1));
        one.take(one.has(one.fresh, 3, 6, "DeleteProfile", null));
        assertEquals("Consumed old null", one.subscription(), "the successor says that it is without");
        assertEquals("old 0- DownloadProfile", one.ledger());
    }

    @Test
    void aForcedReplacementMovesNothingAndRevokesWhatTheOldCardHas() throws SQLException {
        Case one = new Case(true);
        one.take(one.toldOfOld().get(0));
        ReplacementParties forced =
                new ReplacementParties("Forced", new Gid("meters"), one.old, one.fresh, one.iccid, "stolen");
        one.take(one.stage("t1-" + one.id, forced, 1, 4, "Forced", one.old, null, null));
        one.take(one.stage("t1-" + one.id, forced, 2, 5, "Installing", one.old, null, null));
        one.take(one.stage("t1-" + one.id, forced, 3, 9, "Completed", one.fresh, Outcome.SUCCEEDED, null));
        assertEquals("Revoked old null", one.subscription());
        assertEquals("old 0- DownloadProfile", one.ledger());
    }

    @Test
    void whatCameToNothingIsForgottenAfterAMonthAndWhatHasTouchedACardNever() throws SQLException {
        Case one = new Case(true);
        int now = (int) Duration.between(START, Instant.now()).toSeconds();
        int month = (int) Duration.ofDays(31).toSeconds();
        one.takeEach(one.toldOfOld().subList(0, 2));
        one.take(one.stage(3, 7, "Ended", one.old, Outcome.failed("CANCELLED", "it was cancelled"), null));
        one.refused("past", now - month + 60);
        one.refused("recent", now - month + 3600);
        assertEquals(List.of("past", "recent", "t1"), one.tickets(), "as long as the SM-SR knows of it");
        one.refused("past", now - month - 1);
        one.take(one.stage(
                "open-" + one.id, one.parties(one.fresh, one.old), 1, now, "Requested", one.fresh, null, null));

        assertEquals(List.of("open", "recent", "t1"), one.tickets());
        assertEquals(
                List.of("open", "recent", "t1"),
                one.column("SELECT DISTINCT ticket FROM replacement_step WHERE ticket LIKE '%-" + one.id
                        + "' ORDER BY ticket"));
    }

    @Test
    void whoeverHandsOverWaitsForTheReplacementBeforeItHoldsAnythingThatOthersWaitFor() throws Exception {
        Case one = new Case(true);
        one.takeEach(one.toldOfOld().subList(0, 3));
        CompletableFuture<Void> deleted = transactions.in(TENANT, connection -> {
            query(connection, "SELECT ticket FROM replacement WHERE ticket = 't1-" + one.id + "' FOR NO KEY UPDATE");
            int self = Integer.parseInt(
                    query(connection, "SELECT pg_backend_pid()").get(0));
            CompletableFuture<Void> slice = CompletableFuture.runAsync(
                    () -> one.takeEach(one.toldOfOld().subList(3, 4)));
            Instant patience = Instant.now().plusSeconds(20);
            while (waitingFor(connection, self).isEmpty()) {
                assertTrue(Instant.now().isBefore(patience), "it does not wait");
            }
            String free = " WHERE iccid = '" + one.iccid + "' FOR UPDATE NOWAIT";
            assertEquals(
                    1,
                    query(connection, "SELECT iccid FROM profile_ledger" + free).size());
            assertEquals(
                    1,
                    query(connection, "SELECT iccid FROM subscription" + free).size());
            return slice;
        });
        deleted.get();
        assertEquals("Consumed new null", one.subscription());
    }

    private static List<String> waitingFor(Connection connection, int pid) throws SQLException {
        return query(
                connection, "SELECT pid FROM pg_locks WHERE NOT granted AND " + pid + " = ANY (pg_blocking_pids(pid))");
    }

    @Test
    void aHalfMadeProfileIsHeldByNobody() throws SQLException {
        Case one = new Case(false);
        one.take(one.has(one.old, 1, 0, "DownloadProfile", State.CREATED));
        assertEquals("", one.ledger());
    }

    @Test
    void theDatabaseItselfRefusesASecondLiveHolderInTheTenantAndNoOther() throws SQLException {
        Case one = new Case(true);
        one.takeEach(one.toldOfOld());
        SQLException refused = assertThrows(SQLException.class, () -> hold(TENANT, one.iccid, 7));
        assertEquals("23505", refused.getSQLState());
        assertTrue(refused.getMessage().contains("profile_holder_live"), refused.getMessage());
        assertEquals(1, hold(new TenantId("replaced-elsewhere"), one.iccid, 7));
        SQLException backwards = assertThrows(
                SQLException.class,
                () -> transactions.in(
                        TENANT,
                        connection -> update(
                                connection,
                                "INSERT INTO profile_holder (tenant_id, iccid, position, nid, from_at, until_at, cause, end_cause)"
                                        + " VALUES ('replaced-cards', '1', 0, 'n', '2026-03-02Z', '2026-03-01Z', 'x', 'y')")));
        assertEquals("23514", backwards.getSQLState());
    }

    private int hold(TenantId tenant, Iccid iccid, int position) throws SQLException {
        return transactions.in(
                tenant,
                connection -> update(
                        connection,
                        "INSERT INTO profile_holder (tenant_id, iccid, position, nid, from_at, cause) VALUES ('"
                                + tenant + "', '" + iccid + "', " + position + ", 'n', now(), 'x')"));
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            return update.executeUpdate();
        }
    }

    /** All orders in which partitions of so many events can be read: the partition of each event that is read next. */
    private static List<List<Integer>> orders(int... sizes) {
        List<List<Integer>> orders = new ArrayList<>();
        orders(sizes.clone(), List.of(), orders);
        return orders;
    }

    private static void orders(int[] left, List<Integer> so, List<List<Integer>> orders) {
        boolean end = true;
        for (int partition = 0; partition < left.length; partition++) {
            if (left[partition] > 0) {
                end = false;
                left[partition]--;
                List<Integer> next = new ArrayList<>(so);
                next.add(partition);
                orders(left, next, orders);
                left[partition]++;
            }
        }
        if (end) {
            orders.add(so);
        }
    }

    /** Three cards of their own and a profile that goes from one to another. */
    private final class Case {
        final String id = UUID.randomUUID().toString().substring(0, 8);
        final Nid old = new Nid("old-" + id);
        final Nid fresh = new Nid("new-" + id);
        final Nid third = new Nid("third-" + id);
        final Iccid iccid = Iccid.withCheckDigit("8977" + String.format("%015d", SERIAL.incrementAndGet()));

        Case(boolean stock) throws SQLException {
            transactions.in(TENANT, connection -> {
                for (Nid nid : List.of(old, fresh, third)) {
                    update(
                            connection,
                            "INSERT INTO euicc (tenant_id, nid, eid, verifier, eis, registration, operation, registered_at,"
                                    + " updated_at) VALUES ('" + TENANT + "', '" + nid + "', '" + nid
                                    + "', '', '{}', 'Registered', 'o', now(), now())");
                }
                if (stock) {
                    query(connection, "SELECT claim_stock(ARRAY['" + iccid + "'])");
                    query(connection, "SELECT reserve_iccid('" + iccid + "', '" + old + "')");
                    update(
                            connection,
                            "INSERT INTO subscription (tenant_id, iccid, template, state, import, nid, updated_at)"
                                    + " VALUES ('" + TENANT + "', '" + iccid + "', 't', 'Reserved', 'i', '" + old
                                    + "', now())");
                } else {
                    query(connection, "SELECT claim_iccid('" + iccid + "', '" + old + "')");
                }
                return 0;
            });
        }

        /** On the old card's partition. */
        List<EventRecord> toldOfOld() {
            return List.of(
                    has(old, 1, 0, "DownloadProfile", State.ENABLED),
                    stage(2, 4, "Installing", old, null, null),
                    stage(3, 6, "Deleting", old, null, null),
                    has(old, 2, 7, "DeleteProfile", null),
                    stage(4, 8, "Enabling", fresh, null, PACKET),
                    stage(5, 10, "Completed", fresh, Outcome.SUCCEEDED, null));
        }

        /** On the new card's. */
        List<EventRecord> toldOfNew() {
            return List.of(
                    has(fresh, 1, 3, "Audit", null),
                    has(fresh, 2, 5, "Audit", State.DISABLED),
                    has(fresh, 3, 9, "EnableProfile", State.ENABLED));
        }

        ReplacementParties parties(Nid from, Nid to) {
            return new ReplacementParties("Reissue", new Gid("meters"), from, to, iccid, "takes its place");
        }

        EventRecord stage(long sequence, int second, String stage, Nid holder, Outcome outcome, Octets evidence) {
            return stage("t1-" + id, parties(old, fresh), sequence, second, stage, holder, outcome, evidence);
        }

        EventRecord stage(
                String ticket,
                ReplacementParties parties,
                long sequence,
                int second,
                String stage,
                Nid holder,
                Outcome outcome,
                Octets evidence) {
            return new EventRecord.ReplacementProgressed(
                    START.plusSeconds(second), TENANT, ticket, sequence, parties, stage, holder, outcome, evidence);
        }

        /** @param state {@code null}: it has it not */
        EventRecord has(Nid nid, long sequence, int second, String cause, State state) {
            List<ProfileState> profiles =
                    state == null ? List.of() : List.of(new ProfileState(ISD_P, iccid, state, false));
            return new EventRecord.CardState(START.plusSeconds(second), TENANT, nid, sequence, cause, profiles, null);
        }

        /** A ticket of that name came to nothing, by which the old card was to follow the new one. */
        void refused(String ticket, int second) throws SQLException {
            Outcome outcome = Outcome.failed("NOT_APPROVED", "nobody has approved it");
            ReplacementParties backwards = parties(fresh, old);
            long sequence = (long) Integer.MAX_VALUE - second;
            take(stage(ticket + "-" + id, backwards, sequence, second, "Ended", fresh, outcome, null));
        }

        List<String> tickets() throws SQLException {
            return column("SELECT ticket FROM replacement WHERE ticket LIKE '%-" + id + "' ORDER BY ticket");
        }

        List<EventRecord> merged(List<List<EventRecord>> partitions, List<Integer> order) {
            int[] next = new int[partitions.size()];
            return order.stream()
                    .map(partition -> partitions.get(partition).get(next[partition]++))
                    .toList();
        }

        void take(EventRecord event) throws SQLException {
            take(List.of(event));
        }

        void take(List<EventRecord> slice) throws SQLException {
            transactions.in(TENANT, connection -> {
                SliceWork.apply(connection, TENANT, slice);
                return 0;
            });
        }

        void takeEach(List<EventRecord> events) {
            for (EventRecord event : events) {
                try {
                    take(event);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        void assertMoved(String message) throws SQLException {
            assertEquals(MOVED, ledger(), message);
            assertEquals("Consumed new null", subscription(), message);
            assertTrue(claims(fresh), message);
            assertFalse(claims("stranger"), message);
            List<String> history = column(
                    "SELECT state || ' ' || nid || coalesce(' ' || code, '') FROM subscription_event WHERE iccid = '"
                            + iccid + "' ORDER BY id");
            // What one slice tells of the old card may be that it had the profile, and that it is without: then that is
            // all.
            assertTrue(
                    history.equals(List.of("Consumed old", "Consumed new MOVED"))
                            || history.equals(List.of("Consumed new MOVED")),
                    message + ": " + history);
            assertEquals(
                    List.of(PACKET.sha256().toHex() + " " + PACKET.toHex() + " Reissue takes its place"),
                    column(
                            "SELECT encode(evidence_sha256, 'hex') || ' ' || encode(evidence, 'hex') || ' ' || mode || ' ' ||"
                                    + " reason FROM profile_holder WHERE ticket IS NOT NULL AND iccid = '" + iccid
                                    + "'"),
                    message);
        }

        String ledger() throws SQLException {
            return String.join(
                    ", ",
                    column("SELECT nid || ' ' || extract(epoch FROM from_at - '" + START + "')::int || '-' ||"
                            + " coalesce((extract(epoch FROM until_at - '" + START
                            + "')::int)::text, '') || ' ' || cause ||"
                            + " coalesce('/' || end_cause, '') || coalesce(' ' || ticket, '') FROM profile_holder"
                            + " WHERE iccid = '" + iccid + "' ORDER BY position"));
        }

        String state() throws SQLException {
            return column("SELECT state FROM subscription WHERE iccid = '" + iccid + "'")
                    .get(0);
        }

        String subscription() throws SQLException {
            return column("SELECT state || ' ' || coalesce(nid, 'null') || ' ' || coalesce(successor, 'null')"
                            + " FROM subscription WHERE iccid = '" + iccid + "'")
                    .get(0);
        }

        boolean claims(Nid nid) throws SQLException {
            return claims(nid.value());
        }

        /** Whether the number is that card's, or nobody's. */
        boolean claims(String nid) throws SQLException {
            return column("SELECT claim_iccid('" + iccid + "', '" + nid + "')").equals(List.of("t"));
        }

        private List<String> column(String sql) throws SQLException {
            return transactions.in(TENANT, connection -> query(connection, sql)).stream()
                    .map(text -> text.replace("-" + id, ""))
                    .toList();
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }
}
