package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.postgres.ReplacementRefusalTable;
import io.godwit.provisioning.postgres.ReplacementTable;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.replacement.Ineligible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The E1 of a device that are refused at once. They leave no replacement and count like those that do, so that nobody tries out the
 * names of a fleet; the registry is told of the first one and of the limit, and no flood fills its audit. Its card is locked.
 */
final class RefusedRequests {
    private static final Duration WINDOW = Duration.ofDays(1);
    private static final int MOST = 20;

    private final Connection connection;
    private final TenantId tenant;
    private final CardBatch batch;
    private final Nid nid;
    private final int refused;
    private final int heard;

    RefusedRequests(Connection connection, TenantId tenant, CardBatch batch, Nid nid) throws SQLException {
        this.connection = connection;
        this.tenant = tenant;
        this.batch = batch;
        this.nid = nid;
        this.refused = ReplacementRefusalTable.count(connection, tenant, nid, batch.now(), WINDOW);
        this.heard = refused
                + ReplacementTable.askedSince(
                        connection, tenant, nid, batch.now().minus(WINDOW));
    }

    /** Whether the device is heard no more today. */
    boolean areTooMany() {
        return heard >= MOST;
    }

    /** It has said more than it is heard; that is told once. */
    void tooMany() throws SQLException {
        if (ReplacementRefusalTable.limit(connection, tenant, nid, batch.now(), WINDOW)) {
            tell(Ineligible.TOO_MANY_REQUESTS.outcome());
        }
    }

    void add(Outcome why) throws SQLException {
        ReplacementRefusalTable.add(connection, tenant, nid, batch.now(), WINDOW);
        if (refused == 0) {
            tell(why);
        }
    }

    private void tell(Outcome why) {
        batch.fold(nid, new CardInput.PeerRequestRefused(why));
    }
}
