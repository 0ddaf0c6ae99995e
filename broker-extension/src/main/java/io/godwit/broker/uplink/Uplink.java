package io.godwit.broker.uplink;

import io.godwit.broker.identity.FleetView;
import io.godwit.broker.kafka.Recorder;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Closer;
import io.godwit.broker.presence.NodeIdentity;
import java.time.Clock;
import java.time.Duration;

/**
 * What the listeners of all connections share.
 *
 * @param maxInFlight messages of one connection on their way into Kafka
 * @param heldAtMost HiveMQ's time-out on a held PUBACK
 */
public record Uplink(
        Admission admission,
        RateLimits rates,
        Recorder recorder,
        FleetView fleet,
        NodeIdentity node,
        Closer closer,
        BridgeMetrics metrics,
        Clock clock,
        int maxInFlight,
        Duration heldAtMost) {}
