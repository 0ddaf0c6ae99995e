package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All columns that are encrypted under data keys of tenants: by these, a new data key reaches what is stored. */
public final class WrappedColumn {
    public static final WrappedColumn CARD_KEY = new WrappedColumn(
            "sm-sr", "card-key", "card_key", "wrapped", new Name("nid", "text"), new Name("version", "int4"));
    public static final WrappedColumn PROFILE_PACKAGE = new WrappedColumn(
            "sm-dp", "profile-package", "sm_dp_download", "profile_package", new Name("procedure_id", "uuid"));
    public static final WrappedColumn DOWNLOAD_KEYS =
            new WrappedColumn("sm-dp", "download-keys", "sm_dp_download", "keys", new Name("procedure_id", "uuid"));
    public static final WrappedColumn ISD_P_KEYS = new WrappedColumn(
            "sm-dp", "isd-p-keys", "sm_dp_isd_p_key", "keys", new Name("nid", "text"), new Name("isd_p_aid", "text"));
    public static final WrappedColumn SUBSCRIPTION =
            new WrappedColumn("sm-dp", "subscription", "sm_dp_subscription", "data", new Name("iccid", "text"));

    private static final List<WrappedColumn> ALL =
            List.of(CARD_KEY, PROFILE_PACKAGE, DOWNLOAD_KEYS, ISD_P_KEYS, SUBSCRIPTION);

    /** A column that tells whose the secret is. */
    private record Name(String column, String type) {}

    /**
     * A secret as it is stored.
     *
     * @param names whose it is, in the order of the columns
     */
    public record Row(List<String> names, Octets wrapped) {}

    private final String role;
    private final String what;
    private final String table;
    private final String column;
    private final List<Name> names;

    private WrappedColumn(String role, String what, String table, String column, Name... names) {
        this.role = role;
        this.what = what;
        this.table = table;
        this.column = column;
        this.names = List.of(names);
    }

    /** Those of the role, {@code sm-sr} or {@code sm-dp}. */
    public static List<WrappedColumn> of(String role) {
        return ALL.stream().filter(column -> column.role.equals(role)).toList();
    }

    /** {@code table.column}. */
    public String place() {
        return table + "." + column;
    }

    /** What the secret is authenticated with, so that none can be put in the place of another. */
    public String binding(TenantId tenant, List<String> names) {
        return what + "/" + tenant + "/" + String.join("/", names);
    }

    /**
     * Locks secrets of the tenant that do not begin with {@code head}, in the order of their names; those that somebody else is
     * writing are left out.
     *
     * @param after the names of the last one seen; empty at the beginning
     */
    public List<Row> lockStale(Connection connection, TenantId tenant, Octets head, List<String> after, int limit)
            throws SQLException {
        String key = names.stream().map(Name::column).collect(Collectors.joining(", "));
        String later = after.isEmpty()
                ? ""
                : names.stream()
                        .map(name -> "?::" + name.type())
                        .collect(Collectors.joining(", ", " AND (" + key + ") > (", ")"));
        try (PreparedStatement select = connection.prepareStatement("SELECT " + key + ", " + column + " FROM " + table
                + stale(head) + later + " ORDER BY " + key + " LIMIT ? FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setBytes(2, head.toBytes());
            for (int i = 0; i < after.size(); i++) {
                select.setString(3 + i, after.get(i));
            }
            select.setInt(3 + after.size(), limit);
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    private Row read(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (Name name : names) {
            values.add(Columns.text(row, name.column()));
        }
        return new Row(List.copyOf(values), Columns.octets(row, column));
    }

    /** Whether a secret of the tenant does not begin with {@code head}. */
    public boolean hasStale(Connection connection, TenantId tenant, Octets head) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT EXISTS (SELECT FROM " + table + stale(head) + ")")) {
            select.setString(1, tenant.value());
            select.setBytes(2, head.toBytes());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The first octets of what is under a data key tell which one. */
    private String stale(Octets head) {
        return " WHERE tenant_id = ? AND " + column + " IS NOT NULL AND substring(" + column + " FROM 1 FOR "
                + head.length() + ") <> ?";
    }

    /** Writes back secrets that are locked. */
    public void put(Connection connection, TenantId tenant, List<Row> rows) throws SQLException {
        List<String> types = new ArrayList<>(names.stream().map(Name::type).toList());
        types.add("bytea");
        Bulk bulk = new Bulk(types.toArray(String[]::new));
        for (Row row : rows) {
            List<@Nullable Object> values = new ArrayList<>(row.names());
            values.add(row.wrapped().toBytes());
            bulk.add(values.toArray());
        }
        if (bulk.isEmpty()) {
            return;
        }
        String columns = IntStream.range(0, names.size()).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
        String same = IntStream.range(0, names.size())
                .mapToObj(i -> " AND t." + names.get(i).column() + " = u.n" + i)
                .collect(Collectors.joining());
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table + " t SET " + column
                + " = u.w FROM " + bulk.unnest() + " AS u(" + columns + ", w) WHERE t.tenant_id = ?" + same)) {
            bulk.bind(connection, update, 1);
            update.setString(2 + names.size(), tenant.value());
            update.executeUpdate();
        }
    }
}
