package io.godwit.provisioning.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.scp80.Counter;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.Eis;
import io.godwit.provisioning.procedure.HeldGroup;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Pending;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.ProcedureState;
import io.godwit.provisioning.procedure.Purpose;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a group's package has to leave out, asked of the real tables. */
@QuarkusTest
class CampaignTableIT {
    private static final TenantId TENANT = new TenantId("obeying");
    private static final Gid METERS = new Gid("meters");
    private static final Gid PUMPS = new Gid("pumps");
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    @Inject
    AgroalDataSource application;

    @Test
    void whoHasLeftAndStillHoldsTheConfigurationObeys() throws SQLException {
        Set<Nid> obeying = new TenantTransaction(application, () -> {}).in(TENANT, connection -> {
            put(connection, 1, true, List.of(METERS), List.of());
            put(connection, 2, true, List.of(), List.of(PUMPS, METERS));
            put(connection, 3, true, List.of(), List.of());
            configure(connection, 3);
            put(connection, 4, true, List.of(PUMPS), List.of(PUMPS));
            put(connection, 5, false, List.of(METERS), List.of());
            put(connection, 6, true, List.of(), List.of());
            return CampaignTable.obeying(connection, TENANT, METERS).keySet();
        });
        assertEquals(Set.of(nid(1), nid(2), nid(3)), obeying);
    }

    private static void put(Connection connection, int number, boolean extension, List<Gid> groups, List<Gid> holds)
            throws SQLException {
        Eid eid = Eid.withCheckDigits("89049032" + String.format(Locale.ROOT, "%022d", number));
        FleetRecord.Device device = new FleetRecord.Device(
                TENANT,
                number,
                nid(number),
                eid,
                Octets.fromHex("00".repeat(32)),
                groups.stream().map(gid -> new FleetRecord.Membership(gid, 1)).toList(),
                true);
        FleetTable.apply(connection, TENANT, List.of(device));
        Card announced = Card.announced(nid(number), eid);
        Card card = new Card(
                announced.nid(),
                new Eis(eid, List.of(), extension),
                true,
                true,
                Counter.ZERO,
                announced.confirmed(),
                false,
                null,
                List.of(),
                holds.stream()
                        .map(gid -> new HeldGroup(gid, 1, 1, Counter.ZERO, "key"))
                        .toList());
        CardTable.update(connection, TENANT, List.of(new CardRow(card, 0, 0, false, null, null, null)));
    }

    /** Its configurations are under way to it. */
    private static void configure(Connection connection, int number) throws SQLException {
        Procedure queued =
                Procedure.queued(UUID.randomUUID(), "", new Purpose.Configure(), Origin.PLATFORM, NOW.plusSeconds(60));
        Procedure commanded = new Procedure(
                queued.id(),
                queued.operation(),
                queued.purpose(),
                queued.origin(),
                0,
                queued.validUntil(),
                NOW,
                new ProcedureState.Commanded(new Pending("m", new Counter(1), Octets.fromHex("00"), 1, NOW)),
                1,
                0,
                NOW.plusSeconds(10),
                null,
                null,
                null);
        ProcedureTable.put(connection, TENANT, List.of(new ProcedureTable.Row(nid(number), commanded)), NOW);
    }

    private static Nid nid(int number) {
        return new Nid("meter-" + number);
    }
}
