package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.DeleteToken;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads through the running service: from the encrypted package in an order to the profile on the card. */
@QuarkusTest
class DownloadIT {
    private static final Iccid ICCID = WorldSmDp.iccid(1);
    private static int tenants;

    @Inject
    AgroalDataSource application;

    private final TenantId tenant = new TenantId("downloads-" + tenants++);
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
    void aProfileIsDownloadedAndEnabledAndItsPackageIsNotKept() throws SQLException {
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        SecretOctets profile = WorldSmDp.profile(1, 20_000);
        String operation = world.download(tenant, meter.nid(), order(true), profile, ICCID);
        world.until(() -> world.events(EventRecord.ProcedureProgressed.class).stream()
                .anyMatch(event ->
                        event.operation().equals(operation) && event.state().equals("Triggered")));
        List<Octets> kept = kept();
        assertEquals(1, kept.size());
        assertFalse(holds(kept.get(0), profile.reveal()), "the package lies in the database in clear");
        world.switchOn(tenant, meter);
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
        IsdP third = meter.card().isdPs().get(2);
        assertTrue(third.isEnabled());
        assertEquals(Optional.of(ICCID), third.iccid());
        assertEquals(List.of(), kept());
        List<EventRecord.CardState> states = world.events(EventRecord.CardState.class).stream()
                .filter(event -> event.tenant().equals(tenant))
                .toList();
        assertEquals(
                Optional.of(ProfileState.State.ENABLED),
                states.get(states.size() - 1).profiles().stream()
                        .filter(state -> state.iccid().equals(ICCID))
                        .map(ProfileState::state)
                        .findFirst());
    }

    @Test
    void aPackageForAnotherIccidOrForNobodyEndsItsOperation() {
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        String misaddressed =
                world.download(tenant, meter.nid(), order(false), WorldSmDp.profile(1), WorldSmDp.iccid(2));
        String other = world.download(tenant, meter.nid(), order(false), WorldSmDp.profile(2), ICCID);
        world.until(
                () -> failed(misaddressed).isPresent() && !world.ended(other).isEmpty());
        assertEquals(Optional.of("PACKAGE_MISADDRESSED"), failed(misaddressed));
        assertEquals(
                "PACKAGE_OF_ANOTHER_ICCID", world.ended(other).get(0).outcome().code());
        assertEquals(2, meter.card().isdPs().size());
    }

    @Test
    void aCardWithoutAnEcasdGetsNoProfile() throws SQLException {
        VirtualDevice meter = world.enrol(tenant, "meter-1");
        String operation = world.download(tenant, meter.nid(), order(false), WorldSmDp.profile(1), ICCID);
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(
                "NO_ECASD_CERTIFICATE", world.ended(operation).get(0).outcome().code());
        assertEquals(List.of(), kept());
    }

    @Test
    void theOperatorOfAProfileDeletesItWithItsTokenAndWithNoOther() {
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        world.switchOn(tenant, meter);
        String download = world.download(tenant, meter.nid(), order(false), WorldSmDp.profile(1), ICCID);
        world.until(() -> !world.ended(download).isEmpty());
        Aid isdP = meter.card().isdPs().get(2).aid();
        assertEquals("TOKEN_REFUSED", masterDelete(meter, isdP, WorldSmDp.tokenKey(2)));
        assertEquals(3, meter.card().isdPs().size());
        assertEquals("SUCCEEDED", masterDelete(meter, isdP, WorldSmDp.tokenKey(1)));
        assertEquals(2, meter.card().isdPs().size());
    }

    @Test
    void aProfileTakesConnectivityParametersAfterItsDownloadAndItsKeysGoWithIt() throws SQLException {
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        world.switchOn(tenant, meter);
        String download = world.download(tenant, meter.nid(), order(false), WorldSmDp.profile(1), ICCID);
        world.until(() -> !world.ended(download).isEmpty());
        IsdP third = meter.card().isdPs().get(2);
        assertEquals(List.of(1), sessions());
        ConnectivityParameters parameters =
                new ConnectivityParameters(Optional.of(Octets.fromHex("0604911032f4")), Optional.empty());
        ProfileTarget target = new ProfileTarget.ByIccid(ICCID);
        EsFunction update = EsFunction.updateConnectivityParameters(target, parameters);
        assertEquals("SUCCEEDED", carriedOut(meter, update));
        assertEquals(
                parameters.sms(), meter.card().isdPs().get(2).connectivity().sms());
        assertEquals("SUCCEEDED", carriedOut(meter, update));
        assertEquals(List.of(3), sessions());
        Scp03Keys keys = third.keys().orElseThrow().keys();
        for (SecretOctets key : List.of(keys.enc(), keys.mac(), keys.dek())) {
            assertFalse(holds(keptKeys().get(0), key.reveal()), "a key lies in the database in clear");
        }
        EsFunction ofFactory = EsFunction.updateConnectivityParameters(
                new ProfileTarget.ByAid(meter.card().isdPs().get(1).aid()), parameters);
        assertEquals("NO_ISD_P_KEYS", carriedOut(meter, ofFactory));
        assertEquals("SUCCEEDED", carriedOut(meter, new EsFunction(EsFunction.Name.DELETE_PROFILE, target)));
        assertEquals(List.of(), sessions());
    }

    private List<Integer> sessions() throws SQLException {
        return keptOfIsdPs("last_session", rows -> rows.getInt(1));
    }

    private List<Octets> keptKeys() throws SQLException {
        return keptOfIsdPs("keys", rows -> Octets.of(rows.getBytes(1)));
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> List<T> keptOfIsdPs(String column, Reading<T> reading) throws SQLException {
        return new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT " + column + " FROM sm_dp_isd_p_key WHERE tenant_id = '" + tenant + "'");
                    ResultSet rows = select.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
                return found;
            }
        });
    }

    private String masterDelete(VirtualDevice meter, Aid isdP, SecretOctets key) {
        Octets part = Octets.fromHex("0102");
        MasterDelete made = MasterDelete.with(key, isdP, new MasterDelete.TokenInput(part, part, part, part));
        return carriedOut(
                meter,
                EsFunction.masterDelete(
                        new ProfileTarget.ByAid(isdP), new DeleteToken(part, part, part, part, made.token())));
    }

    private String carriedOut(VirtualDevice meter, EsFunction function) {
        String operation = world.order(tenant, meter.nid(), function);
        world.until(() -> !world.ended(operation).isEmpty());
        Outcome outcome = world.ended(operation).get(0).outcome();
        return outcome.equals(Outcome.SUCCEEDED) ? "SUCCEEDED" : String.valueOf(outcome.code());
    }

    private static ProfileDownload order(boolean enable) {
        return new ProfileDownload(
                ICCID,
                Optional.of("downloaded"),
                enable,
                Optional.empty(),
                Optional.empty(),
                Optional.of(KafkaWorld.OWNER));
    }

    private Optional<String> failed(String operation) {
        return world.events(EventRecord.OperationFailed.class).stream()
                .filter(event -> event.operation().equals(operation))
                .map(EventRecord.OperationFailed::code)
                .findFirst();
    }

    private List<Octets> kept() throws SQLException {
        return new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT profile_package FROM sm_dp_download WHERE tenant_id = '" + tenant + "'");
                    ResultSet rows = select.executeQuery()) {
                List<Octets> packages = new ArrayList<>();
                while (rows.next()) {
                    packages.add(Octets.of(rows.getBytes(1)));
                }
                return packages;
            }
        });
    }

    private static boolean holds(Octets stored, Octets secret) {
        return stored.toHex()
                .contains(secret.slice(0, Math.min(32, secret.length())).toHex());
    }
}
