package io.godwit.registry.stock;

import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What subscriptions came to, written into their history. */
final class Moves {
    private static final String INSERT = """
            INSERT INTO subscription_event (tenant_id, iccid, at, state, nid, operation, code)
            SELECT current_setting('app.tenant'), i, ?::timestamptz, s, n, o, c
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS v(i, s, n, o, c, k) ORDER BY k""";

    private Moves() {}

    /**
     * A subscription that came into another state.
     *
     * @param nid the card that it has to do with
     */
    record Move(
            String iccid,
            String template,
            String state,
            @Nullable String nid,
            @Nullable String operation,
            @Nullable String code) {}

    /** Runs a statement that returns iccid, template, state, nid, operation and code of what it changed. */
    static List<Move> of(PreparedStatement update) throws SQLException {
        List<Move> moves = new ArrayList<>();
        try (ResultSet row = update.executeQuery()) {
            while (row.next()) {
                moves.add(new Move(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
            }
        }
        return moves;
    }

    static List<Move> write(Connection connection, Instant at, List<Move> moves) throws SQLException {
        if (!moves.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, at.toString());
                Columns.of(insert, moves)
                        .text(2, Move::iccid)
                        .text(3, Move::state)
                        .text(4, Move::nid)
                        .text(5, Move::operation)
                        .text(6, Move::code);
                insert.executeUpdate();
            }
        }
        return moves;
    }
}
