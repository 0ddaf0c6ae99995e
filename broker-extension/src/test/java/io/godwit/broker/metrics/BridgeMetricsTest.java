package io.godwit.broker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BridgeMetricsTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void theNamesAreWhatDashboardsAskFor() {
        BridgeMetrics metrics = new BridgeMetrics(registry);
        metrics.refused("RATE");
        metrics.connectRefused("DENIED");
        metrics.subscriptionRefused();
        metrics.skipped("FAULT");
        metrics.disconnected("KAFKA_TROUBLE");
        metrics.inFlight(() -> 3);

        Set<String> names = registry.getNames();
        for (String name : new String[] {
            "uplink.seen",
            "uplink.accepted",
            "uplink.recorded",
            "uplink.lost",
            "uplink.record-latency",
            "uplink.publishes-not-seen",
            "uplink.in-flight",
            "uplink.seen-minus-recorded",
            "uplink.refused",
            "uplink.refused.RATE",
            "connect.refused.DENIED",
            "subscription.refused",
            "downlink.delivered",
            "downlink.expired",
            "downlink.group-messages",
            "downlink.delivered-to-members",
            "downlink.withheld",
            "downlink.withheld-from-non-members",
            "downlink.dropped",
            "downlink.skipped.FAULT",
            "connections.taken-over",
            "connections.closed.KAFKA_TROUBLE"
        }) {
            assertTrue(names.contains("io.godwit.broker." + name), name);
        }
    }

    @Test
    void publishesThatPassedUsByAreSeen() {
        BridgeMetrics metrics = new BridgeMetrics(registry);
        registry.counter("com.hivemq.messages.incoming.publish.count").inc(3);
        metrics.seen();
        metrics.seen();

        assertEquals(
                1L,
                registry.getGauges()
                        .get("io.godwit.broker.uplink.publishes-not-seen")
                        .getValue());
    }

    @Test
    void aMessageThatNobodyAnswersForIsTold() {
        BridgeMetrics metrics = new BridgeMetrics(registry);
        metrics.inFlight(() -> 2);
        registry.counter("com.hivemq.messages.incoming.publish.count").inc(5);
        metrics.refused("RATE");
        metrics.recorded(1);
        metrics.lost();
        assertEquals(0L, balance());

        registry.counter("com.hivemq.messages.incoming.publish.count").inc();

        assertEquals(1L, balance());
    }

    @Test
    void whatWasDroppedIsWhatHiveMqDidNotSendAndWeDidNotStop() {
        BridgeMetrics metrics = new BridgeMetrics(registry);
        registry.counter("com.hivemq.messages.dropped.count").inc(5);
        metrics.withheld();
        metrics.withheldFromNonMember();

        assertEquals(
                3L,
                registry.getGauges().get("io.godwit.broker.downlink.dropped").getValue());
    }

    private Object balance() {
        return registry.getGauges()
                .get("io.godwit.broker.uplink.seen-minus-recorded")
                .getValue();
    }

    @Test
    void aSecondStartReplacesTheGaugesOfTheFirst() {
        BridgeMetrics first = new BridgeMetrics(registry);
        first.gauge("connections", () -> 1);
        first.close();
        BridgeMetrics second = new BridgeMetrics(registry);
        second.gauge("connections", () -> 2);

        assertEquals(
                2L, registry.getGauges().get("io.godwit.broker.connections").getValue());
    }
}
