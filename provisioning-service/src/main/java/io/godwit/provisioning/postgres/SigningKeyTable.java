package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The table {@code signing_key}: one key a role, its private part wrapped. */
public final class SigningKeyTable {
    /**
     * A key as its row has it.
     *
     * @param certificate 7F21
     * @param ciCertificate DER of the test CI that was made with it; empty when the key was imported
     */
    public record Row(Octets certificate, Optional<Octets> ciCertificate, Octets wrapped) {}

    private SigningKeyTable() {}

    public static Optional<Row> find(Connection connection, String role) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT certificate, ci_certificate, wrapped FROM signing_key WHERE role = ?")) {
            select.setString(1, role);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Optional<Octets> ci =
                        Optional.ofNullable(row.getBytes("ci_certificate")).map(Octets::of);
                return Optional.of(new Row(Columns.octets(row, "certificate"), ci, Columns.octets(row, "wrapped")));
            }
        }
    }

    /** Stores the role's key, unless another process was faster. */
    public static void offer(Connection connection, String role, Row key) throws SQLException {
        insert(connection, role, key, "DO NOTHING");
    }

    /** Puts the role's key in the place of the one before. */
    public static void put(Connection connection, String role, Row key) throws SQLException {
        insert(
                connection,
                role,
                key,
                "DO UPDATE SET certificate = excluded.certificate, ci_certificate = excluded.ci_certificate,"
                        + " wrapped = excluded.wrapped, created_at = now()");
    }

    private static void insert(Connection connection, String role, Row key, String otherwise) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO signing_key (role, certificate, ci_certificate, wrapped) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (role) " + otherwise)) {
            insert.setString(1, role);
            insert.setBytes(2, key.certificate().toBytes());
            insert.setBytes(3, key.ciCertificate().map(Octets::toBytes).orElse(null));
            insert.setBytes(4, key.wrapped().toBytes());
            insert.executeUpdate();
        }
    }
}
