package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running service replaces a tenant's data keys again and again, and its cards notice nothing. */
@QuarkusTest
@TestProfile(KeyRotationIT.Rotating.class)
class KeyRotationIT {
    /** As an installation whose replicas are all of this version, in a hurry. */
    public static final class Rotating implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("godwit.keys.data-max-age", "365d", "godwit.keys.look-every", "1s");
        }
    }

    private static final EsFunction NEW_KEYS = new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null);

    @Inject
    AgroalDataSource application;

    private final TenantId tenant = new TenantId("rotation");
    private KafkaWorld world;
    private Eum eum;

    @BeforeEach
    void open() throws IOException {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(tenant);
        eum = EumFiles.in(Path.of("src/test/resources/pki")).read();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void newKeysAndDownloadsComeToTheirEndsWhileTheDataKeysAreReplaced() throws SQLException {
        List<VirtualDevice> meters = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            VirtualDevice meter = world.enrolForDownloads(tenant, "meter-" + i, eum);
            // Its package is kept until the card is there.
            operations.add(world.download(
                    tenant,
                    meter.nid(),
                    new ProfileDownload(WorldSmDp.iccid(i), Optional.of("downloaded"), false, Optional.empty()),
                    WorldSmDp.profile(i),
                    WorldSmDp.iccid(i)));
            meters.add(meter);
        }
        // The download's package is the first that the SM-DP keeps.
        world.until(() -> kept() == 3);
        replaced(1);
        meters.forEach(meter -> world.switchOn(tenant, meter));
        for (int round = 2; round <= 4; round++) {
            meters.forEach(meter -> operations.add(world.order(tenant, meter.nid(), NEW_KEYS)));
            replaced(round);
        }
        world.until(
                () -> operations.stream().noneMatch(each -> world.ended(each).isEmpty()));
        for (String operation : operations) {
            assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
        }
    }

    /** Both roles' keys grow old, and nothing is left under them after that. */
    private void replaced(int times) throws SQLException {
        int before = count("SELECT number FROM tenant_key WHERE tenant_id = ?");
        update("UPDATE tenant_key SET created_at = now() - interval '366 days' WHERE tenant_id = ?");
        update("UPDATE sm_dp_tenant_key SET created_at = now() - interval '366 days' WHERE tenant_id = ?");
        world.until(() -> count("SELECT min(number) FROM (SELECT number FROM tenant_key WHERE tenant_id = ?"
                                + " UNION ALL SELECT number FROM sm_dp_tenant_key) n")
                        > times
                && count("SELECT count(*) FROM former_tenant_key WHERE tenant_id = ?") == 0);
        assertTrue(count("SELECT number FROM tenant_key WHERE tenant_id = ?") > before);
    }

    private void update(String sql) throws SQLException {
        new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, tenant.value());
                return update.executeUpdate();
            }
        });
    }

    private int kept() {
        return count("SELECT count(*) FROM sm_dp_download WHERE tenant_id = ?");
    }

    private int count(String sql) {
        try {
            return new TenantTransaction(application, () -> {}).in(tenant, connection -> {
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    select.setString(1, tenant.value());
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? row.getInt(1) : 0;
                    }
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
