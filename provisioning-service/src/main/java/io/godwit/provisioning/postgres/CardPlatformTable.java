package io.godwit.provisioning.postgres;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.smdp.CardPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code card_platform}: what downloads ask of a card's EIS. */
public final class CardPlatformTable {
    private CardPlatformTable() {}

    /** Those of {@code nids} that have told of their platform. */
    public static Map<Nid, CardPlatform> find(Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        Map<Nid, CardPlatform> found = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid, ecasd, eum_certificate, load_file, module,"
                        + " platform_type, platform_version, profile_services FROM card_platform"
                        + " WHERE tenant_id = ? AND nid = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(new Nid(Columns.text(rows, "nid")), read(rows));
                }
            }
        }
        return found;
    }

    private static CardPlatform read(ResultSet row) throws SQLException {
        return new CardPlatform(
                GpCertificate.decode(Columns.octets(row, "ecasd"))
                        .toOptional()
                        .orElseThrow(() -> new IllegalStateException("a stored certificate is none")),
                CaCertificate.decode(Columns.octets(row, "eum_certificate"))
                        .toOptional()
                        .orElseThrow(() -> new IllegalStateException("a stored certificate is none")),
                new Aid(Columns.text(row, "load_file")),
                new Aid(Columns.text(row, "module")),
                Optional.ofNullable(row.getString("platform_type")),
                Optional.ofNullable(row.getString("platform_version")),
                Optional.ofNullable(row.getString("profile_services")).map(CardPlatformTable::services));
    }

    private static Set<Service> services(String names) {
        return Stream.of(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(Service::of)
                .collect(Collectors.toSet());
    }

    private static String text(Set<Service> services) {
        return services.stream().map(Service::literal).sorted().collect(Collectors.joining(","));
    }

    /** Forgets what cards told before. */
    public static void delete(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM card_platform WHERE tenant_id = ? AND nid = ANY (?)")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            delete.executeUpdate();
        }
    }

    /** Stores what cards tell of which nothing is stored here. */
    public static void insert(Connection connection, TenantId tenant, Map<Nid, CardPlatform> platforms)
            throws SQLException {
        Bulk bulk = new Bulk("text", "bytea", "bytea", "text", "text", "text", "text", "text");
        platforms.forEach((nid, platform) -> bulk.add(
                nid.value(),
                platform.ecasd().encode().toBytes(),
                platform.eum().der().toBytes(),
                platform.loadFile().hex(),
                platform.module().hex(),
                platform.type().orElse(null),
                platform.version().orElse(null),
                platform.services().map(CardPlatformTable::text).orElse(null)));
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO card_platform (tenant_id, nid, ecasd, eum_certificate, load_file, module,"
                + " platform_type, platform_version, profile_services)"
                + " SELECT ?, u.* FROM " + bulk.unnest() + " AS u";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }
}
