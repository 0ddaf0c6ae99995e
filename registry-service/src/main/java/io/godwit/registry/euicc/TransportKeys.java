package io.godwit.registry.euicc;

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

/** The SM-SR's public keys, under which card keys are encrypted, as provisioning published them. */
@ApplicationScoped
public class TransportKeys {
    private static final String SM_SR = "sm-sr";
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

    /** The ids of all keys that card keys may be encrypted to. */
    static Set<String> ids(Connection connection) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key_id FROM transport_key WHERE role = ?")) {
            select.setString(1, SM_SR);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    /** The newest key as a JWK with its {@code kid}; empty until provisioning has published one. */
    Optional<Octets> newest() throws SQLException {
        return transactions.asPlatform(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT key_id, jwk FROM transport_key"
                    + " WHERE role = ? ORDER BY published_at DESC, key_id DESC LIMIT 1")) {
                select.setString(1, SM_SR);
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
