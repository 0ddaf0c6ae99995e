package io.godwit.registry.announce;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.FleetRecord.Membership;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Fleet records of devices, as they stand in the transaction. */
public final class Devices {
    private static final String READ = """
            SELECT e.nid, e.eid, e.verifier, e.active, e.cut_off,
                   coalesce(array_agg(m.gid ORDER BY m.gid) FILTER (WHERE m.active), '{}') AS gids,
                   coalesce(array_agg(m.join_epoch ORDER BY m.gid) FILTER (WHERE m.active), '{}') AS epochs,
                   coalesce(array_agg(m.spokesman ORDER BY m.gid) FILTER (WHERE m.active), '{}') AS spokesmen
            FROM euicc e LEFT JOIN membership m ON m.tenant_id = e.tenant_id AND m.nid = e.nid
            WHERE e.nid = ANY (?)
            GROUP BY e.tenant_id, e.nid
            ORDER BY e.nid""";

    private Devices() {}

    /** Announces what {@code nids} now are; a device that is not active is announced so. */
    public static void tell(Connection connection, Announcements announcements, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        read(connection, nids)
                .forEach(device -> announcements.tell(version -> new FleetRecord.Device(
                        tenant,
                        version,
                        device.nid(),
                        device.eid(),
                        device.verifier(),
                        device.groups(),
                        device.active(),
                        device.cutOff())));
    }

    private record Device(Nid nid, Eid eid, Octets verifier, List<Membership> groups, boolean active, boolean cutOff) {}

    private static List<Device> read(Connection connection, Collection<Nid> nids) throws SQLException {
        List<Device> devices = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", nids.stream().map(Nid::value).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    devices.add(new Device(
                            new Nid(rows.getString("nid")),
                            new Eid(rows.getString("eid")),
                            Octets.of(rows.getBytes("verifier")),
                            groups(rows.getArray("gids"), rows.getArray("epochs"), rows.getArray("spokesmen")),
                            rows.getBoolean("active"),
                            rows.getBoolean("cut_off")));
                }
            }
        }
        return devices;
    }

    private static List<Membership> groups(Array gids, Array epochs, Array spokesmen) throws SQLException {
        String[] names = (String[]) gids.getArray();
        Integer[] counts = (Integer[]) epochs.getArray();
        Boolean[] spokesman = (Boolean[]) spokesmen.getArray();
        return IntStream.range(0, names.length)
                .mapToObj(i -> new Membership(new Gid(names[i]), counts[i], spokesman[i]))
                .toList();
    }
}
