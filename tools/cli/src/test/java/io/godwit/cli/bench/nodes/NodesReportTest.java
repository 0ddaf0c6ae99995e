package io.godwit.cli.bench.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodesReportTest {
    private static final Map<String, Integer> CONNECTIONS = Map.of("hivemq-1", 34, "hivemq-2", 33, "hivemq-3", 33);

    @Test
    void figuresStandInTheTextAndInTheJson() {
        NodesReport report = report(List.of());
        assertTrue(report.isSound());
        assertTrue(report.text().contains("| hivemq-1 | 25 of 100 | 7.5 | 34 | 2.0 |"), report.text());
        assertTrue(report.text().contains("All promises kept."), report.text());
        String json = JsonWriter.write(report.toJson()).toUtf8();
        assertTrue(json.contains("\"outcomes\":{\"Executed-Success\":100}"), json);
        assertTrue(json.contains("\"wrongDeliveries\":0"), json);
        assertTrue(json.contains("\"node\":\"hivemq-1\""), json);
    }

    @Test
    void aBrokenPromiseIsSaid() {
        NodesReport report = report(List.of("the newer of two connections of a device was closed"));
        assertFalse(report.isSound());
        assertTrue(report.text().contains("BROKEN: the newer of two"), report.text());
    }

    @Test
    void aKillIsInTheMiddleWhenSomeOutcomesWereThereAndSomeNot() {
        assertEquals(1, report(List.of()).killsInTheMiddle());
    }

    @Test
    void whatTheBalancerTellsIsRead() {
        assertEquals(Map.of("hivemq-1", 2, "hivemq-2", 0), ConnectionsByNode.read("{\"hivemq-1\":2,\"hivemq-2\":0}"));
        assertEquals(Map.of(), ConnectionsByNode.read("not JSON"));
    }

    private static NodesReport report(List<String> broken) {
        return new NodesReport(
                3,
                100,
                List.of(
                        new NodeKill("hivemq-1", 25, 7.5, CONNECTIONS, 2.0),
                        new NodeKill("hivemq-2", 100, 9.0, CONNECTIONS, 2.0)),
                Map.of("Executed-Success", 100L),
                3,
                70,
                12.5,
                0.3,
                new WrongDeliveries(0, 0, 0),
                CONNECTIONS,
                broken);
    }
}
