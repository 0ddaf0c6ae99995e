package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Keys of tenants and of the platform, wrapped: the tables {@code tenant_key}, {@code sm_dp_tenant_key} and
 * {@code transport_key}. */
public final class KeyTable {
    /** The platform's key pair of a role; {@code wrapped} holds its private part. */
    public record TransportKeyRow(String keyId, String publicJwk, Octets wrapped) {}

    private KeyTable() {}

    /** @param role {@code sm-sr} or {@code sm-dp} */
    public static Optional<Octets> tenantKey(Connection connection, String role, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT wrapped FROM " + tenantKeys(role) + " WHERE tenant_id = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Columns.octets(row, "wrapped")) : Optional.empty();
            }
        }
    }

    /** Stores the tenant's data key, unless another process was faster. */
    public static void offerTenantKey(Connection connection, String role, TenantId tenant, Octets wrapped)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + tenantKeys(role)
                + " (tenant_id, wrapped) VALUES (?, ?) ON CONFLICT (tenant_id) DO NOTHING")) {
            insert.setString(1, tenant.value());
            insert.setBytes(2, wrapped.toBytes());
            insert.executeUpdate();
        }
    }

    private static String tenantKeys(String role) {
        return role.equals("sm-dp") ? "sm_dp_tenant_key" : "tenant_key";
    }

    public static Optional<TransportKeyRow> transportKey(Connection connection, String role) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key_id, public_jwk, wrapped FROM transport_key WHERE role = ?")) {
            select.setString(1, role);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new TransportKeyRow(
                                Columns.text(row, "key_id"),
                                Columns.text(row, "public_jwk"),
                                Columns.octets(row, "wrapped")))
                        : Optional.empty();
            }
        }
    }

    /** Stores the role's key pair, unless another process was faster. */
    public static void offerTransportKey(Connection connection, String role, TransportKeyRow key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transport_key (role, key_id, public_jwk, wrapped) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (role) DO NOTHING")) {
            insert.setString(1, role);
            insert.setString(2, key.keyId());
            insert.setString(3, key.publicJwk());
            insert.setBytes(4, key.wrapped().toBytes());
            insert.executeUpdate();
        }
    }
}
