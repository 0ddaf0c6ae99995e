package io.godwit.registry.euicc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.registry.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Numbers are claimed by one card at a time, whatever the others do meanwhile. */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
class ClaimsIT {
    private static final TenantId A = new TenantId("claims-a");
    private static final TenantId B = new TenantId("claims-b");

    @Inject
    TenantTransaction transactions;

    @Test
    void aNumberThatIsReleasedInTheMidstOfAClaimIsClaimed()
            throws SQLException, InterruptedException, ExecutionException {
        assertEquals(List.of(), transactions.in(B, connection -> claim(connection, "card-1", "claims-1")));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch giveUp = new CountDownLatch(1);
        CompletableFuture<Void> blocker = CompletableFuture.runAsync(() -> holdAndGiveUp(held, giveUp));
        held.await();
        // Finds claims-1 taken and goes on to claims-2, whose claim nobody has committed yet: there it waits.
        CompletableFuture<List<String>> refused = CompletableFuture.supplyAsync(() ->
                unchecked(() -> transactions.in(A, connection -> claim(connection, "mine", "claims-1", "claims-2"))));
        awaitSomebodyWaits();
        transactions.in(B, connection -> release(connection, "card-1"));
        giveUp.countDown();
        blocker.get();

        assertEquals(List.of(), refused.get(), "by the time of the answer both numbers are free");
        assertEquals(
                List.of("claims-1", "claims-2"),
                transactions.in(B, connection -> claim(connection, "late", "claims-1", "claims-2")),
                "both numbers are claimed");
    }

    @Test
    void aCardOfWhichOneNumberIsTakenGetsNone() throws SQLException {
        transactions.in(B, connection -> claim(connection, "card-3", "claims-3"));
        assertEquals(
                List.of("claims-3"),
                transactions.in(A, connection -> claim(connection, "mine-3", "claims-3", "claims-4")));
        assertEquals(List.of(), transactions.in(B, connection -> claim(connection, "card-4", "claims-4")));
        assertEquals(
                List.of(),
                transactions.in(B, connection -> claim(connection, "card-4", "claims-4")),
                "one's own claim is no conflict");
    }

    @Test
    void anIccidThatIsReleasedWhileADownloadClaimsItIsTheDownloads()
            throws SQLException, InterruptedException, ExecutionException {
        assertTrue(claims(B, "claims-5", "card-5"));
        assertTrue(claims(B, "claims-5", "card-5"), "it is that card's own");
        assertFalse(claims(B, "claims-5", "card-6"));
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> holder =
                CompletableFuture.runAsync(() -> unchecked(() -> transactions.in(B, connection -> {
                    release(connection, "card-5");
                    released.countDown();
                    return await(commit);
                })));
        released.await();
        CompletableFuture<Boolean> claimed =
                CompletableFuture.supplyAsync(() -> unchecked(() -> claims(A, "claims-5", "mine-5")));
        awaitSomebodyWaits();
        commit.countDown();
        holder.get();
        assertTrue(claimed.get());
        assertFalse(claims(B, "claims-5", "card-5"));
    }

    private void holdAndGiveUp(CountDownLatch held, CountDownLatch giveUp) {
        unchecked(() -> transactions.in(B, connection -> {
            claim(connection, "card-2", "claims-2");
            held.countDown();
            await(giveUp);
            connection.rollback();
            return 0;
        }));
    }

    private static int await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void awaitSomebodyWaits() throws SQLException, InterruptedException {
        while (transactions.in(B, ClaimsIT::waiting) == 0) {
            Thread.sleep(20);
        }
    }

    private static int waiting(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM pg_locks WHERE NOT granted"
                        + " AND locktype IN ('transactionid', 'spectoken')");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @return the numbers that were refused */
    private static List<String> claim(Connection connection, String nid, String... numbers) throws SQLException {
        List<String> refused = new ArrayList<>();
        try (PreparedStatement claim = connection.prepareStatement("SELECT refused_number"
                + " FROM (SELECT array_fill('eid'::text, ARRAY[cardinality(n)]) AS k, n,"
                + " array_fill(?::text, ARRAY[cardinality(n)]) AS c FROM (SELECT ?::text[] AS n) AS given) AS a,"
                + " claim_numbers(k, n, c) ORDER BY 1")) {
            claim.setString(1, nid);
            claim.setArray(2, connection.createArrayOf("text", numbers));
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    refused.add(rows.getString(1));
                }
            }
        }
        return refused;
    }

    private boolean claims(TenantId tenant, String iccid, String nid) throws SQLException {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement claim = connection.prepareStatement("SELECT claim_iccid(?, ?)")) {
                claim.setString(1, iccid);
                claim.setString(2, nid);
                try (ResultSet row = claim.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    private static int release(Connection connection, String nid) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement("SELECT release_card(?)")) {
            release.setString(1, nid);
            release.execute();
            return 0;
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T unchecked(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
