package io.godwit.provisioning.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.provisioning.keys.DownloadKey;
import io.godwit.provisioning.postgres.CardExtensionTable;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.ClaimTable.Advance;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.ExtensionKey;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.godwit.simulator.fleet.Registrations;
import io.godwit.simulator.fleet.TransportEncryption;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a card whose removal, return and registration meet in one transaction, or come late. */
@QuarkusTest
class SliceIT {
    private static int tenants;

    @Inject
    AgroalDataSource application;

    @Inject
    @DataSource("dispatcher")
    AgroalDataSource dispatcher;

    private final TenantId tenant = new TenantId("slice-" + tenants++);
    private final TopicPartition partition = new TopicPartition("godwit.slices.fleet", tenants);
    private final TopicPartition orders = new TopicPartition("godwit.slices.orders", tenants);
    private final VirtualDevice meter =
            new VirtualDevice(new Nid("meter-1"), 1000 + tenants, AgentSettings.DEFAULT, new Random(1));
    private Reading reading;
    private long offset;
    private long ordered;

    @BeforeEach
    void claim() throws SQLException {
        reading = new Reading(application, dispatcher);
        reading.claim(partition, "slices");
        reading.claim(orders, "slices");
    }

    @Test
    void aCardThatIsRemovedAndRegisteredAgainInOneSliceKeepsItsNewKeys() throws SQLException {
        take(device(1, true), registration(1));
        assertEquals(1, keys());
        take(device(2, false), device(3, true), registration(3));
        assertEquals(1, keys());
        assertEquals(List.of(), removed());
    }

    @Test
    void aRemovedCardLosesItsKeysAndALateRegistrationBringsNone() throws SQLException {
        take(device(1, true), registration(1));
        take(device(2, false));
        assertEquals(0, keys());
        assertEquals(List.of(meter.nid()), removed());
        take(registration(1));
        assertEquals(0, keys());
    }

    @Test
    void anOlderFleetRecordThatComesLateChangesNothing() throws SQLException {
        take(device(5, true));
        take(device(6, false));
        take(device(5, true));
        assertEquals(List.of(meter.nid()), removed());
    }

    @Test
    void aCardsExtensionIsKeptWhenItsChainHolds() throws Exception {
        Path pki = Path.of("src/test/resources/pki");
        Eum eum = EumFiles.in(pki).read();
        CardState extended = extended(eum, meter.card().eid());
        take(device(1, true), registration(1, extended));
        CardExtensionTable.Row kept = extension();
        assertEquals(extended.extensionKey().orElseThrow().certificate(), kept.certificate());
        assertEquals(extended.extensionKey().orElseThrow().aid(), kept.aid());
        take(registration(1));
        assertEquals(null, extension(), "registered again without one");
    }

    @Test
    void aCardWhoseExtensionIsNotBelievedIsNotRegistered() throws Exception {
        Path pki = Path.of("src/test/resources/pki");
        Eum known = EumFiles.in(pki).read();
        Eum stranger = Eum.underTestCi(new SecureRandom(), Instant.now()).eum();
        take(device(1, true), registration(1, extended(stranger, meter.card().eid())));
        assertEquals(0, keys());
        take(registration(1, extended(known, VirtualDevice.card(999).state().eid())));
        assertEquals(0, keys());
        assertEquals(null, extension());
    }

    @Test
    void aCardIsRegisteredAndGetsAProfileInOneSlice() throws Exception {
        Eum eum = EumFiles.in(Path.of("src/test/resources/pki")).read();
        CardState equipped = CardFactory.withEcasd(
                        new EuiccCard(meter.card()), eum.equip(meter.card().eid(), new SecureRandom(), Instant.now()))
                .state();
        take(device(1, true), registration(1, equipped), download(1));
        // Refused for want of the certificate, it would have ended, and its package would be gone.
        assertEquals(1, rows("sm_dp_download"));
    }

    @Test
    void aDownloadThatEndsInTheSliceOfItsRegistrationGivesItsSubscriptionBack() throws SQLException {
        TemplateId template = new TemplateId("t");
        Iccid iccid = WorldSmDp.iccid(tenants);
        SecretOctets key = SecretOctets.copyOf(Octets.fromHex("5a".repeat(16)));
        Imsi imsi = new Imsi("001010123456789");
        ProfilePackage profile = ProfileBuilder.of(iccid, imsi, key, key).build();
        SecretOctets data = SecretOctets.copyOf(SubscriptionDataCodec.write(PackageSecrets.of(profile, iccid, imsi)));
        ProfileTemplate blank = ((ProfileTemplate.Sound) ProfileTemplate.blank(profile)).template();
        reading.transactions().in(tenant, connection -> {
            StockTable.putTemplate(connection, tenant, template, blank.encode());
            DownloadKey dataKey = reading.circumstances().smDp().keys().ofDownloads(connection, tenant);
            StockTable.put(connection, tenant, List.of(new StockTable.Row(iccid, template, dataKey.wrap(iccid, data))));
            return 0;
        });
        OrderRecord order = new OrderRecord.DownloadProfile(
                tenant,
                UUID.randomUUID().toString(),
                1,
                "alice",
                Instant.now(),
                meter.nid(),
                new ProfileDownload(
                        iccid, Optional.empty(), false, Optional.empty(), Optional.of(template), Optional.empty()),
                null,
                Instant.now().plusSeconds(3600));
        // It has no ECASD, so the download ends at once.
        take(
                device(1, true),
                registration(1),
                Reading.inbound(orders, ordered++, tenant, order.encode().toBytes()));
        assertEquals(0, rows("sm_dp_download"));
        assertEquals(1, rows("sm_dp_subscription"));
        assertEquals(0, rows("(SELECT * FROM sm_dp_subscription WHERE nid IS NOT NULL) held"));
    }

    private Inbound download(long fleetVersion) throws SQLException {
        Iccid iccid = WorldSmDp.iccid(1);
        String jwk = JsonWriter.write(
                        reading.circumstances().smDp().transportKeys().current().publicJwk())
                .toUtf8();
        OrderRecord order = new OrderRecord.DownloadProfile(
                tenant,
                UUID.randomUUID().toString(),
                fleetVersion,
                "alice",
                Instant.now(),
                meter.nid(),
                new ProfileDownload(iccid, Optional.empty(), false, Optional.empty()),
                new TransportEncryption(jwk, "sm-dp", tenant).encrypt("iccid", iccid.digits(), WorldSmDp.profile(1)),
                Instant.now().plusSeconds(3600));
        return Reading.inbound(orders, ordered++, tenant, order.encode().toBytes());
    }

    private CardState extended(Eum eum, Eid certified) {
        ExtensionKey extension = eum.extend(certified, new SecureRandom(), Instant.now());
        return CardFactory.withGroupExtension(new EuiccCard(meter.card()), extension)
                .state();
    }

    private CardExtensionTable.Row extension() throws SQLException {
        return reading.transactions()
                .in(
                        tenant,
                        connection -> CardExtensionTable.find(connection, tenant, List.of(meter.nid()))
                                .get(meter.nid()));
    }

    private void take(Inbound... records) throws SQLException {
        List<Advance> advances = new ArrayList<>();
        for (TopicPartition each : List.of(partition, orders)) {
            List<Long> offsets = List.of(records).stream()
                    .filter(inbound -> inbound.partition().equals(each))
                    .map(inbound -> inbound.source().offset())
                    .toList();
            if (!offsets.isEmpty()) {
                long from = offsets.get(0);
                advances.add(new Advance(each, from == 0 ? -1 : from, from + offsets.size()));
            }
        }
        reading.poll("slices").take(List.of(records), advances);
    }

    private Inbound device(long version, boolean active) {
        FleetRecord fact = new FleetRecord.Device(
                tenant, version, meter.nid(), meter.card().eid(), Octets.fromHex("00".repeat(32)), List.of(), active);
        return Reading.inbound(partition, offset++, tenant, fact.encode().toBytes());
    }

    private Inbound registration(long fleetVersion) throws SQLException {
        return registration(fleetVersion, meter.card());
    }

    private Inbound registration(long fleetVersion, CardState card) throws SQLException {
        String jwk = JsonWriter.write(
                        reading.circumstances().transportKeys().current().publicJwk())
                .toUtf8();
        JsonReader.Read line = (JsonReader.Read) new JsonReader(1 << 20, 32)
                .read(new Registrations(tenant, jwk, List.of()).registration(card, meter.nid()));
        OrderRecord order = new OrderRecord.RegisterEis(
                tenant,
                UUID.randomUUID().toString(),
                fleetVersion,
                "alice",
                Instant.now(),
                meter.nid(),
                line.object().object("eis").orElseThrow(),
                line.object().text("cardKeys").orElseThrow());
        return Reading.inbound(orders, ordered++, tenant, order.encode().toBytes());
    }

    private List<Nid> removed() throws SQLException {
        return reading.transactions()
                .in(tenant, connection -> CardTable.removed(connection, tenant, List.of(meter.nid())));
    }

    private long keys() throws SQLException {
        return rows("card_key");
    }

    private long rows(String table) throws SQLException {
        return reading.transactions().in(tenant, connection -> {
            try (PreparedStatement count =
                            connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE tenant_id = ?");
                    ResultSet row = query(count)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private ResultSet query(PreparedStatement count) throws SQLException {
        count.setString(1, tenant.value());
        return count.executeQuery();
    }
}
