package io.godwit.registry.reuse;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as it is shown: by profile, and by card. */
@ApplicationScoped
public class HolderViews {
    /** With the new card's word, which comes behind the holding, and the replacement by which the card was given up while it held the profile. */
    private static final String SELECT = """
            SELECT h.*, (SELECT v.ticket FROM revocation v WHERE v.nid = h.nid AND v.iccid = h.iccid
                AND (h.until_at IS NULL OR h.until_at > v.since)) AS revoked_by,
                (SELECT r.successor_evidence FROM replacement r WHERE r.ticket = h.ticket) AS successor_evidence
            FROM profile_holder h
            """;

    private static final String OF_PROFILE = SELECT + """
            WHERE iccid = ? AND position > ? AND (?::text IS NULL
                OR from_at <= ?::timestamptz AND (until_at IS NULL OR until_at > ?::timestamptz))
            ORDER BY position LIMIT ?""";

    private static final String OF_CARD = SELECT + """
            WHERE nid = ? AND (iccid, position) > (?, ?) ORDER BY iccid, position LIMIT ?""";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TenantTransaction transactions;

    public HolderViews(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    private record Row(int position, HolderView view) {}

    /**
     * Who held a profile, oldest first.
     *
     * @param at only the card that held it then; {@code null}: all
     * @throws ProblemException 422 when {@code iccid} or {@code at} cannot be such, 404 when no card of the tenant ever held it
     */
    public Slice<HolderView> ofProfile(TenantId tenant, String iccid, @Nullable String at, PageRequest request)
            throws SQLException {
        String number = iccid(iccid);
        String moment = at == null ? null : moment(at).toString();
        long after = request.afterNumber().orElse(-1L);
        return transactions.in(tenant, connection -> {
            require(connection, "SELECT 1 FROM profile_holder WHERE iccid = ? LIMIT 1", number, "profile");
            try (PreparedStatement select = connection.prepareStatement(OF_PROFILE)) {
                select.setString(1, number);
                select.setLong(2, after);
                select.setString(3, moment);
                select.setString(4, moment);
                select.setString(5, moment);
                select.setInt(6, request.limit() + 1);
                return Slice.cut(read(select), request, row -> Integer.toString(row.position()))
                        .map(Row::view);
            }
        });
    }

    /**
     * What a card ever held, in the order of the ICCIDs; also of a card that has left the fleet.
     *
     * @throws ProblemException 404 when the tenant never had such a card
     */
    public Slice<HolderView> ofCard(TenantId tenant, String nid, PageRequest request) throws SQLException {
        Place after = request.after().map(Place::of).orElse(Place.FIRST);
        return transactions.in(tenant, connection -> {
            require(connection, "SELECT 1 FROM euicc WHERE nid = ?", nid, "eUICC");
            try (PreparedStatement select = connection.prepareStatement(OF_CARD)) {
                select.setString(1, nid);
                select.setString(2, after.iccid());
                select.setInt(3, after.position());
                select.setInt(4, request.limit() + 1);
                return Slice.cut(read(select), request, row -> row.view().iccid() + "/" + row.position())
                        .map(Row::view);
            }
        });
    }

    /** Where a page of a card's goes on. */
    private record Place(String iccid, int position) {
        static final Place FIRST = new Place("", 0);

        static Place of(String key) {
            int slash = key.indexOf('/');
            try {
                return new Place(key.substring(0, Math.max(slash, 0)), Integer.parseInt(key.substring(slash + 1)));
            } catch (NumberFormatException e) {
                throw new ProblemException(Problem.invalid("cursor", "use the member next of the page before"));
            }
        }
    }

    private static String iccid(String text) {
        try {
            return new Iccid(text).digits();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("iccid", "18 to 20 digits, with the right check digit"));
        }
    }

    private static Instant moment(String text) {
        try {
            Instant at = Instant.parse(text);
            if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
                return at;
            }
        } catch (DateTimeException e) {
            throw badMoment();
        }
        throw badMoment();
    }

    private static ProblemException badMoment() {
        return new ProblemException(Problem.invalid("at", "send a time in UTC, for example 2026-03-01T00:00:00Z"));
    }

    private static void require(Connection connection, String sql, String id, String what) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.notFound(what));
                }
            }
        }
    }

    private static List<Row> read(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getInt("position"), view(row)));
            }
        }
        return rows;
    }

    private static HolderView view(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until_at", OffsetDateTime.class);
        return new HolderView(
                row.getString("iccid"),
                row.getString("nid"),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant(),
                row.getString("cause"),
                row.getString("end_cause"),
                row.getString("ticket"),
                row.getString("mode"),
                row.getString("reason"),
                row.getString("approved_by"),
                row.getString("revoked_by"),
                evidence(row.getBytes("evidence")),
                evidence(row.getBytes("successor_evidence")));
    }

    private static HolderView.@Nullable Evidence evidence(byte @Nullable [] packet) {
        if (packet == null) {
            return null;
        }
        Octets octets = Octets.of(packet);
        return new HolderView.Evidence(octets.sha256().toHex(), octets.toBase64());
    }
}
