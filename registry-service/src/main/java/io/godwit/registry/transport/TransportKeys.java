package io.godwit.registry.transport;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.sql.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The public keys of SM-SR and SM-DP, under which card keys and profile packages come, as provisioning published them. */
@ApplicationScoped
public class TransportKeys {
    /** Card keys are encrypted to this role. */
    public static final String SM_SR = "sm-sr";
    /** Profile packages are encrypted to this role. */
    public static final String SM_DP = "sm-dp";

    private static final String NEWEST = " ORDER BY published_at DESC, key_id DESC ";
    private static final JsonReader JWK = new JsonReader(16 * 1024, 4);

    private final TenantTransaction transactions;

    public TransportKeys(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Remembers a key; the same again changes nothing. */
    public static void put(Connection connection, EventRecord.TransportKey key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transport_key (role, key_id, jwk, published_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (role, key_id) DO NOTHING")) {
            insert.setString(1, Columns.storable(key.role()));
            insert.setString(2, Columns.storable(key.keyId()));
            insert.setString(3, JsonWriter.write(key.jwk()).toUtf8());
            insert.setTimestamp(4, Timestamp.from(key.at()));
            insert.executeUpdate();
        }
    }

    /** The ids of the role's current key and of the one before: what is under an older one, provisioning does not open any more. */
    public static Set<String> ids(Connection connection, String role) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key_id FROM transport_key WHERE role = ?" + NEWEST + "LIMIT 2")) {
            select.setString(1, role);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    /** The role's newest key as a JWK with its {@code kid}; empty until provisioning has published one. */
    Optional<Octets> newest(String role) throws SQLException {
        return transactions.asPlatform(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT key_id, jwk FROM transport_key" + " WHERE role = ?" + NEWEST + "LIMIT 1")) {
                select.setString(1, role);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(withId(row.getString(1), row.getString(2))) : Optional.empty();
                }
            }
        });
    }

    private static Octets withId(String keyId, String jwk) {
        Json.ObjectBuilder key = Json.object().put("kid", keyId);
        if (JWK.read(Octets.utf8(jwk)) instanceof JsonReader.Read read) {
            read.object().members().forEach(key::put);
        }
        return JsonWriter.write(key.build());
    }
}
