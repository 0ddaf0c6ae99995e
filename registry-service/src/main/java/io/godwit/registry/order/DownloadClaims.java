package io.godwit.registry.order;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** An ICCID is one card's alone, from the order of its download on: claims across tenants, and their release. */
public final class DownloadClaims {
    private DownloadClaims() {}

    /** Whether the ICCID is that card's now. */
    static boolean claim(Connection connection, Iccid iccid, Nid nid) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement("SELECT claim_iccid(?, ?)")) {
            claim.setString(1, iccid.digits());
            claim.setString(2, nid.value());
            try (ResultSet row = claim.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The cards that downloads among {@code operations} are for. */
    public static Set<Nid> cards(Connection connection, Collection<String> operations) throws SQLException {
        Set<Nid> nids = new HashSet<>();
        if (operations.isEmpty()) {
            return nids;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid FROM operation WHERE id = ANY (?) AND function_name = 'DownloadProfile'")) {
            Columns.of(select, operations).text(1, id -> id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    nids.add(new Nid(row.getString(1)));
                }
            }
        }
        return nids;
    }

    /** Gives up what downloads have claimed among {@code operations} that ended without the profile on the card. */
    public static void release(Connection connection, Collection<String> operations) throws SQLException {
        if (operations.isEmpty()) {
            return;
        }
        try (PreparedStatement release = connection.prepareStatement(
                "SELECT release_iccids(array_agg(target), array_agg(nid)) FROM operation WHERE id = ANY (?)"
                        + " AND function_name = 'DownloadProfile' AND status IN ('Completed', 'Failed')")) {
            Columns.of(release, operations).text(1, id -> id);
            release.execute();
        }
    }
}
