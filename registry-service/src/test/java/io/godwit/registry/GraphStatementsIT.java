package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

/** A page costs the same statements however many rows it has. */
@QuarkusTest
class GraphStatementsIT extends OrderIT {
    private static final int MANY = 50;

    @Inject
    SessionFactory sessions;

    @Test
    void aPageOfFiftyTakesAsManyStatementsAsOneOfTwo() {
        for (int i = 0; i < MANY; i++) {
            String gid = "g" + i;
            operator(a()).put("/v1/groups/" + gid, "{}");
            String nid = enrol(a(), ",\"groups\":[\"" + gid + "\"]");
            order("\"gid\":\"" + gid + "\",\"mode\":\"group\"");
            order("\"nid\":\"" + nid + "\"");
        }
        same("""
                { groups(first: %d) { edges { node { gid counts { members }
                    members(first: 3) { edges { node { euicc { online profiles { iccid }
                        groups { edges { node { epoch } } } operations(first: 2) { edges { node { status } } } } } } }
                    operations(first: 2) { edges { node { status counts { state cards } campaign { state } } } } } } } }
                """, "groups");
        same("""
                { operations(first: %d) { edges { node { id euicc { nid } group { gid counts { online } }
                    outcomes(first: 3) { edges { node { nid euicc { online } } } } } } } }
                """, "operations");
        same("""
                { euiccs(first: %d) { edges { node { nid groups { edges { node { gid } } }
                    operations(first: 2) { edges { node { outcomes { edges { node { state } } } } } } } } } }
                """, "euiccs");
    }

    private void same(String query, String field) {
        long two = statements(query, field, 2);
        long fifty = statements(query, field, MANY);
        assertEquals(two, fifty, "statements of " + query);
        assertTrue(two > 1 && two < 20, two + " statements");
    }

    private long statements(String query, String field, int rows) {
        Statistics statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        long before = statistics.getPrepareStatementCount();
        Api.Answer answer = viewer(a()).graph(query.formatted(rows));
        assertEquals(
                rows,
                answer.body().at("/data/" + field + "/edges").size(),
                answer.body().toString());
        return statistics.getPrepareStatementCount() - before;
    }
}
