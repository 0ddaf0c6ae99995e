package io.godwit.broker.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The counters of this node. Names are a promise to dashboards and alerts; a test pins them. */
public final class BridgeMetrics {
    private static final String PREFIX = "io.godwit.broker.";

    /** What HiveMQ itself has seen; what we see must keep up with it. */
    private static final String HIVEMQ_PUBLISHES = "com.hivemq.messages.incoming.publish.count";

    /** What HiveMQ has not sent: because a queue was full, or because we stopped it. */
    private static final String HIVEMQ_DROPPED = "com.hivemq.messages.dropped.count";

    private final MetricRegistry registry;
    private final Counter seen;
    private final Counter accepted;
    private final Counter refused;
    private final Counter recorded;
    private final Counter lost;
    private final Timer latency;
    private final Counter delivered;
    private final Counter expired;
    private final Counter groupMessages;
    private final Counter deliveredToMembers;
    private final Counter withheld;
    private final Counter withheldFromNonMembers;
    private final Counter takenOver;

    public BridgeMetrics(MetricRegistry registry) {
        this.registry = registry;
        this.seen = registry.counter(PREFIX + "uplink.seen");
        this.accepted = registry.counter(PREFIX + "uplink.accepted");
        this.refused = registry.counter(PREFIX + "uplink.refused");
        this.recorded = registry.counter(PREFIX + "uplink.recorded");
        this.lost = registry.counter(PREFIX + "uplink.lost");
        // The usual reservoir takes a lock for each message, and all messages of a node meet in this one.
        this.latency = registry.timer(
                PREFIX + "uplink.record-latency",
                () -> new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
        this.delivered = registry.counter(PREFIX + "downlink.delivered");
        this.expired = registry.counter(PREFIX + "downlink.expired");
        this.groupMessages = registry.counter(PREFIX + "downlink.group-messages");
        this.deliveredToMembers = registry.counter(PREFIX + "downlink.delivered-to-members");
        this.withheld = registry.counter(PREFIX + "downlink.withheld");
        this.withheldFromNonMembers = registry.counter(PREFIX + "downlink.withheld-from-non-members");
        this.takenOver = registry.counter(PREFIX + "connections.taken-over");
        // A client that connected before the extension was ready would be served by HiveMQ without us: never above 0.
        gauge("uplink.publishes-not-seen", () -> hivemqPublishes() - seen.getCount());
        gauge(
                "downlink.dropped",
                () -> registry.counter(HIVEMQ_DROPPED).getCount()
                        - withheld.getCount()
                        - withheldFromNonMembers.getCount());
    }

    /** Shows {@code value} under {@code name}; replaces what an earlier start of the extension left. */
    public void gauge(String name, LongSupplier value) {
        registry.remove(PREFIX + name);
        registry.register(PREFIX + name, (Gauge<Long>) value::getAsLong);
    }

    /**
     * Shows how many messages of devices are between Kafka's client and its answer, and whether the books balance: each
     * publish is refused, recorded, lost or in flight. A message that is none of these has nobody who answers for it, and one
     * that is two has been counted twice. At rest the balance is 0; in motion it is the messages between two counters.
     */
    public void inFlight(LongSupplier messages) {
        gauge("uplink.in-flight", () -> Math.max(0, messages.getAsLong()));
        gauge("uplink.seen-minus-recorded", () -> {
            // Backwards along the way of a message, so that one that moves meanwhile is missed and not counted twice.
            long settled = recorded.getCount() + lost.getCount();
            long moving = messages.getAsLong();
            return hivemqPublishes() - refused.getCount() - moving - settled;
        });
    }

    /** Takes away the gauges, which hold on to the parts of a stopped extension. */
    public void close() {
        registry.removeMatching((name, metric) -> name.startsWith(PREFIX) && metric instanceof Gauge);
    }

    public void seen() {
        seen.inc();
    }

    public void accepted() {
        accepted.inc();
    }

    /** A message was not taken. */
    public void refused(String reason) {
        refused.inc();
        count("uplink.refused.", reason);
    }

    /** A CONNECT was not taken. */
    public void connectRefused(String reason) {
        count("connect.refused.", reason);
    }

    /** A subscription was not granted. */
    public void subscriptionRefused() {
        registry.counter(PREFIX + "subscription.refused").inc();
    }

    /** A message is in Kafka. */
    public void recorded(long nanos) {
        recorded.inc();
        latency.update(nanos, TimeUnit.NANOSECONDS);
    }

    /** A message was accepted but is not in Kafka; its sender was not told that it is. */
    public void lost() {
        lost.inc();
    }

    /** A message left for its addressee. */
    public void delivered() {
        delivered.inc();
    }

    /** A message's addressee is here, but its time is over. */
    public void expired() {
        expired.inc();
    }

    /** A message to a group was handed to HiveMQ, once for all its members here. */
    public void groupMessage() {
        groupMessages.inc();
    }

    /** A message to a group left for one of its members. */
    public void deliveredToMember() {
        delivered.inc();
        deliveredToMembers.inc();
    }

    /** A message to a group was about to go to a device that has just left it, or to a connection that does not subscribe. */
    public void withheldFromNonMember() {
        withheldFromNonMembers.inc();
    }

    /** HiveMQ was about to send a client something that is not for it. */
    public void withheld() {
        withheld.inc();
    }

    /** A record from Kafka was not served for this reason. */
    public void skipped(String reason) {
        count("downlink.skipped.", reason);
    }

    /** A connection was closed by the bridge for this reason. */
    public void disconnected(String reason) {
        count("connections.closed.", reason);
    }

    /** A newer subscriber has pushed an older one of the same device out; often repeated, two devices share one identity. */
    public void takenOver() {
        takenOver.inc();
    }

    private long hivemqPublishes() {
        return registry.counter(HIVEMQ_PUBLISHES).getCount();
    }

    private void count(String family, String reason) {
        registry.counter(PREFIX + family + reason).inc();
    }
}
