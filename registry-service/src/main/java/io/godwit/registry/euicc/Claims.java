package io.godwit.registry.euicc;

import io.godwit.protocol.Nid;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** EIDs and ICCIDs are unique across tenants; whose a taken number is, is never told. */
final class Claims {
    private Claims() {}

    /**
     * A number of a card.
     *
     * @param kind {@code eid} or {@code iccid}
     */
    record Claim(Nid nid, String kind, String number) {}

    /** Claims the numbers of the cards that are to be enrolled; a card that stands in the answer got none. */
    static Map<Nid, Claim> take(Connection connection, List<RegistrationPlan> plans, List<Registration> batch)
            throws SQLException {
        List<Claim> wanted = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Registration card = batch.get(i);
            plans.get(i).enrolledNid().ifPresent(nid -> {
                wanted.add(new Claim(nid, "eid", card.eid().digits()));
                card.profiles()
                        .forEach(profile -> wanted.add(
                                new Claim(nid, "iccid", profile.iccid().digits())));
            });
        }
        Map<Nid, Claim> refused = new HashMap<>();
        try (PreparedStatement claim = connection.prepareStatement("SELECT * FROM claim_numbers(?, ?, ?)")) {
            Columns.of(claim, wanted)
                    .text(1, Claim::kind)
                    .text(2, Claim::number)
                    .text(3, Claim::nid);
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    Nid nid = new Nid(rows.getString(3));
                    Claim claimed = new Claim(nid, rows.getString(1), rows.getString(2));
                    // A card whose EID is taken is refused for that; its profiles follow from it.
                    refused.merge(nid, claimed, (one, other) -> one.kind().equals("eid") ? one : other);
                }
            }
        }
        return refused;
    }

    /** Gives up all numbers of a card. */
    static void release(Connection connection, Nid nid) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement("SELECT release_card(?)")) {
            release.setString(1, nid.value());
            release.execute();
        }
    }
}
