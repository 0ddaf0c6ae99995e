package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.AgeingTable;
import io.godwit.provisioning.postgres.DownloadTable;
import io.godwit.provisioning.postgres.IsdPKeyTable;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.postgres.WrappedColumn;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.IsdPKeySet;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data keys of tenants are replaced while others use them: whatever meets, nothing is left under a key that is gone. */
@QuarkusTest
class DataKeyRotationIT {
    private static final Duration MAX_AGE = Duration.ofDays(365);
    private static final int CHUNK = 2;

    @Inject
    AgroalDataSource application;

    @Inject
    @DataSource("dispatcher")
    AgroalDataSource dispatcher;

    private final MasterKey master = FileMasterKey.read(Path.of("src/test/resources/master.key"));
    private final TenantId tenant =
            new TenantId("keys-" + UUID.randomUUID().toString().substring(0, 8));
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    @Test
    void everySecretIsUnderTheNewKeyAndTheFormerIsGone() throws SQLException {
        for (int i = 0; i < 5; i++) {
            write(smSr(), "meter-" + i, i);
        }
        UUID began = UUID.randomUUID();
        UUID agreed = UUID.randomUUID();
        Iccid iccid = new Iccid("89000123456789012341");
        Aid isdP = new Aid("A0000005591010FFFFFFFF8900001200");
        Scp03Keys set = new Scp03Keys(0x30, secret(1), secret(2), secret(3));
        in(connection -> {
            DownloadKey key = smDp().ofDownloads(connection, tenant);
            DownloadSecrets bare = DownloadSecrets.of(secret(7));
            DownloadTable.put(
                    connection,
                    tenant,
                    List.of(
                            key.wrap(began, bare),
                            key.wrap(agreed, bare.agreeing(SecretOctets.copyOf(Octets.of(new byte[32]))))));
            IsdPKeyTable.put(
                    connection,
                    tenant,
                    List.of(key.wrap(new Nid("meter-1"), isdP, new IsdPKeySet(set, new SequenceCounter(4)))));
            return StockTable.put(
                    connection,
                    tenant,
                    List.of(new StockTable.Row(iccid, new TemplateId("acme"), key.wrap(iccid, secret(9)))));
        });
        Octets before = stored("SELECT data FROM sm_dp_subscription WHERE tenant_id = ?");
        age();
        for (TenantKeys role : List.of(smSr(), smDp())) {
            assertTrue(AgeingTable.due(dispatcher, role.role(), MAX_AGE).contains(tenant));
            DataKeyRotation rotation = rotation(role);
            assertTrue(rotation.begin(tenant, MAX_AGE));
            assertFalse(AgeingTable.due(dispatcher, role.role(), MAX_AGE).contains(tenant));
            assertTrue(AgeingTable.withFormer(dispatcher, role.role()).contains(tenant));
            assertFalse(rotation.end(tenant), "everything is under the former");
            rotation.renew(tenant);
            assertTrue(rotation.end(tenant));
            assertFalse(AgeingTable.withFormer(dispatcher, role.role()).contains(tenant));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(i, read(smSr(), "meter-" + i));
        }
        assertNotEquals(before, stored("SELECT data FROM sm_dp_subscription WHERE tenant_id = ?"));
        in(connection -> {
            DownloadKey key = smDp().ofDownloads(connection, tenant);
            assertEquals(
                    secret(9),
                    key.unwrap(iccid, stored(connection, "SELECT data FROM sm_dp_subscription WHERE tenant_id = ?")));
            assertEquals(
                    set,
                    key.unwrap(IsdPKeyTable.find(connection, tenant, List.of(new Nid("meter-1")))
                                    .get(0))
                            .keys());
            String download = "SELECT %s FROM sm_dp_download WHERE tenant_id = ? AND keys IS NOT NULL";
            DownloadSecrets secrets = key.unwrap(new DownloadTable.Row(
                    agreed,
                    stored(connection, download.formatted("profile_package")),
                    stored(connection, download.formatted("keys"))));
            assertEquals(secret(7), secrets.profilePackage());
            assertTrue(secrets.ephemeralKey().isPresent());
            return key;
        });
    }

    @Test
    void aProcessThatStopsInTheMiddleLeavesNothingThatAnotherCannotFinish() throws SQLException {
        for (int i = 0; i < 5; i++) {
            write(smSr(), "meter-" + i, i);
        }
        age();
        DataKeyRotation stopped = rotation(smSr());
        assertTrue(stopped.begin(tenant, MAX_AGE));
        assertEquals(List.of("meter-1", "1"), stopped.renew(tenant, WrappedColumn.CARD_KEY, List.of()));
        DataKeyRotation next = rotation(smSr());
        assertFalse(next.begin(tenant, MAX_AGE));
        assertFalse(next.end(tenant));
        age();
        assertFalse(next.begin(tenant, MAX_AGE), "not a third one, while the first is in use");
        for (int i = 0; i < 5; i++) {
            assertEquals(i, read(smSr(), "meter-" + i));
        }
        next.renew(tenant);
        assertTrue(next.end(tenant));
        assertFalse(stopped.end(tenant), "there is none any more");
        for (int i = 0; i < 5; i++) {
            assertEquals(i, read(smSr(), "meter-" + i));
        }
        assertTrue(next.begin(tenant, MAX_AGE), "it was old again");
    }

    @Test
    void aSecretThatSomebodyIsWritingWaitsForTheNextPass() throws Exception {
        write(smSr(), "meter-1", 1);
        age();
        DataKeyRotation rotation = rotation(smSr());
        assertTrue(rotation.begin(tenant, MAX_AGE));
        in(connection -> {
            stored(connection, "SELECT wrapped FROM card_key WHERE tenant_id = ? FOR UPDATE");
            assertEquals(
                    List.of(),
                    others.submit(() -> rotation.renew(tenant, WrappedColumn.CARD_KEY, List.of()))
                            .get(10, TimeUnit.SECONDS));
            assertFalse(others.submit(() -> rotation.end(tenant)).get(10, TimeUnit.SECONDS));
            return tenant;
        });
        rotation.renew(tenant);
        assertTrue(rotation.end(tenant));
    }

    @Test
    void ofManyProcessesOneReplacesTheKey() throws Exception {
        write(smSr(), "meter-1", 1);
        age();
        Callable<Boolean> beginning = () -> rotation(smSr()).begin(tenant, MAX_AGE);
        int begun = 0;
        for (Future<Boolean> one : others.invokeAll(List.of(beginning, beginning, beginning))) {
            begun += one.get() ? 1 : 0;
        }
        assertEquals(1, begun);
        assertEquals(2, number(smSr()));
        assertEquals(1, read(smSr(), "meter-1"));
    }

    @Test
    void theKeyIsNotReplacedUnderTheHandsOfATransactionThatUsesIt() throws Exception {
        write(smSr(), "meter-1", 1);
        age();
        TenantKeys writer = smSr();
        Future<Boolean> begun = in(connection -> {
            TenantKeyRing held = writer.ring(connection, tenant);
            Future<Boolean> beginning = others.submit(() -> rotation(smSr()).begin(tenant, MAX_AGE));
            assertThrows(TimeoutException.class, () -> beginning.get(1, TimeUnit.SECONDS));
            put(connection, held, "meter-2", 2);
            return beginning;
        });
        assertTrue(begun.get(10, TimeUnit.SECONDS));
        DataKeyRotation rotation = rotation(smSr());
        rotation.renew(tenant);
        assertTrue(rotation.end(tenant));
        assertEquals(2, read(smSr(), "meter-2"));
    }

    @Test
    void whoWaitedForTheNewKeyWritesUnderIt() throws Exception {
        write(smSr(), "meter-1", 1);
        age();
        TenantKeys writer = smSr();
        assertEquals(1, number(writer));
        Octets made = writer.newKey(tenant);
        Future<Integer> number = in(connection -> {
            assertTrue(
                    io.godwit.provisioning.postgres.TenantKeyTable.replace(connection, "sm-sr", tenant, MAX_AGE, made));
            Future<Integer> waiting = others.submit(() -> number(writer));
            assertThrows(TimeoutException.class, () -> waiting.get(1, TimeUnit.SECONDS));
            return waiting;
        });
        assertEquals(2, number.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aKeyAgreementThatBeganUnderTheFormerIsFinishedUnderIt() throws SQLException {
        UUID procedure = UUID.randomUUID();
        SecretOctets began = in(connection -> {
            DataKey key = smSr().of(connection, tenant);
            procedure(connection, procedure);
            return key.ephemeralKey(procedure, 3);
        });
        age();
        DataKeyRotation rotation = rotation(smSr());
        assertTrue(rotation.begin(tenant, MAX_AGE));
        rotation.renew(tenant);
        assertFalse(rotation.end(tenant), "the card's answer is still to come");
        in(connection -> {
            DataKey key = smSr().of(connection, tenant);
            assertNotEquals(began, key.ephemeralKey(procedure, 3));
            assertEquals(began, key.formerEphemeralKey(procedure, 3).orElseThrow());
            procedure(connection, UUID.randomUUID());
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE procedure SET state = 'Finalising' WHERE tenant_id = ? AND procedure_id = ?")) {
                update.setString(1, tenant.value());
                update.setObject(2, procedure);
                return update.executeUpdate();
            }
        });
        assertTrue(rotation.end(tenant), "an agreement that began afterwards does not keep it");
    }

    @Test
    void nothingIsLostWhileEverybodyWritesAndTheKeyIsReplacedAgainAndAgain() throws Exception {
        int cards = 40;
        int[] expected = new int[cards];
        for (int i = 0; i < cards; i++) {
            write(smSr(), "meter-" + i, 0);
        }
        AtomicBoolean running = new AtomicBoolean(true);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            int first = w;
            TenantKeys keys = smSr();
            Random random = new Random(w);
            writers.add(others.submit(() -> {
                int written = 0;
                while (running.get()) {
                    // Each has cards of its own, so that it knows what must be there.
                    int card = first + 3 * random.nextInt((cards - first + 2) / 3);
                    int value = random.nextInt(200);
                    in(connection -> {
                        TenantKeyRing ring = keys.ring(connection, tenant);
                        assertEquals(expected[card], value(connection, ring, "meter-" + card));
                        put(connection, ring, "meter-" + card, value);
                        return value;
                    });
                    expected[card] = value;
                    written++;
                }
                return written;
            }));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
        int rotations = 0;
        List<DataKeyRotation> processes = List.of(rotation(smSr()), rotation(smSr()));
        while (System.nanoTime() < end) {
            age();
            for (DataKeyRotation process : processes) {
                rotations += process.begin(tenant, MAX_AGE) ? 1 : 0;
            }
            Future<Boolean> other = others.submit(() -> {
                processes.get(1).renew(tenant);
                return processes.get(1).end(tenant);
            });
            processes.get(0).renew(tenant);
            processes.get(0).end(tenant);
            other.get();
        }
        running.set(false);
        for (Future<Integer> writer : writers) {
            assertTrue(writer.get(10, TimeUnit.SECONDS) > 10);
        }
        assertTrue(rotations > 2, "only " + rotations + " rotations");
        processes.get(0).renew(tenant);
        processes.get(0).end(tenant);
        assertFalse(AgeingTable.withFormer(dispatcher, "sm-sr").contains(tenant));
        for (int i = 0; i < cards; i++) {
            assertEquals(expected[i], read(smSr(), "meter-" + i));
        }
    }

    @Test
    void everyColumnThatMayHoldASecretIsRenewedOrKnownNotToNeedIt() throws SQLException {
        Set<String> underOtherKeysOrNone = Set.of(
                "tenant_key.wrapped",
                "sm_dp_tenant_key.wrapped",
                "former_tenant_key.wrapped",
                "transport_key.wrapped",
                "former_transport_key.wrapped",
                "signing_key.wrapped",
                "signing_key.certificate",
                "signing_key.ci_certificate",
                "procedure.payload",
                "parked_order.payload",
                "outbox.payload",
                "card_platform.ecasd",
                "card_platform.eum_certificate",
                "card_extension.certificate",
                "sm_dp_template.profile_package");
        Set<String> unknown = new HashSet<>();
        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.relname || '.' || a.attname FROM pg_attribute a"
                        + " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.atttypid = 'bytea'::regtype"
                        + " AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped")) {
            while (rows.next()) {
                unknown.add(rows.getString(1));
            }
        }
        unknown.removeAll(underOtherKeysOrNone);
        for (String role : List.of("sm-sr", "sm-dp")) {
            WrappedColumn.of(role).forEach(column -> assertTrue(unknown.remove(column.place()), column.place()));
        }
        assertEquals(Set.of(), unknown);
    }

    private TenantKeys smSr() {
        return TenantKeys.smSr(master);
    }

    private TenantKeys smDp() {
        return TenantKeys.smDp(master);
    }

    private DataKeyRotation rotation(TenantKeys keys) {
        return new DataKeyRotation(transactions(), keys, CHUNK);
    }

    private TenantTransaction transactions() {
        return new TenantTransaction(application, () -> {});
    }

    private <T, X extends Exception> T in(TenantTransaction.Work<T, X> work) throws SQLException, X {
        return transactions().in(tenant, work);
    }

    private int number(TenantKeys keys) throws SQLException {
        return in(connection -> keys.ring(connection, tenant).current().number());
    }

    private static SecretOctets secret(int value) {
        byte[] octets = new byte[16];
        octets[0] = (byte) value;
        return SecretOctets.copyOf(Octets.of(octets));
    }

    private void write(TenantKeys keys, String nid, int value) throws SQLException {
        in(connection -> {
            put(connection, keys.ring(connection, tenant), nid, value);
            return value;
        });
    }

    private void put(Connection connection, TenantKeyRing ring, String nid, int value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO card_key (tenant_id, nid, version, wrapped) VALUES (?, ?, 1, ?)"
                        + " ON CONFLICT (tenant_id, nid) DO UPDATE SET wrapped = excluded.wrapped")) {
            insert.setString(1, tenant.value());
            insert.setString(2, nid);
            insert.setBytes(
                    3,
                    ring.wrap(secret(value), WrappedColumn.CARD_KEY, nid, "1").toBytes());
            insert.executeUpdate();
        }
    }

    private int read(TenantKeys keys, String nid) throws SQLException {
        return in(connection -> value(connection, keys.ring(connection, tenant), nid));
    }

    private int value(Connection connection, TenantKeyRing ring, String nid) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT wrapped FROM card_key WHERE tenant_id = ? AND nid = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, nid);
            try (ResultSet row = select.executeQuery()) {
                assertTrue(row.next());
                return ring.unwrap(Octets.of(row.getBytes(1)), WrappedColumn.CARD_KEY, nid, "1")
                        .reveal()
                        .at(0);
            }
        }
    }

    private Octets stored(String sql) throws SQLException {
        return in(connection -> stored(connection, sql));
    }

    private Octets stored(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                assertTrue(row.next());
                return Octets.of(row.getBytes(1));
            }
        }
    }

    /** A procedure in the middle of a key agreement. */
    private void procedure(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO procedure (tenant_id, procedure_id, nid, operation, purpose, origin, position, valid_until,"
                        + " state, messages, tries, detail) VALUES (?, ?, ?, 'o', '{}', 'Order', 0, now(),"
                        + " 'Establishing', 3, 0, '{}')")) {
            insert.setString(1, tenant.value());
            insert.setObject(2, id);
            insert.setString(3, "meter-" + id);
            insert.executeUpdate();
        }
    }

    private void age() throws SQLException {
        for (String table : List.of("tenant_key", "sm_dp_tenant_key")) {
            in(connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE " + table + " SET created_at = now() - interval '366 days' WHERE tenant_id = ?")) {
                    update.setString(1, tenant.value());
                    return update.executeUpdate();
                }
            });
        }
    }
}
