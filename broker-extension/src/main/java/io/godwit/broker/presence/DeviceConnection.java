package io.godwit.broker.presence;

import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * One authenticated MQTT connection. Two with the same client id, one after the other, are two connections with two ids.
 */
public final class DeviceConnection {
    private final String id;
    private final String clientId;
    private final Claim device;
    private final Octets verifier;
    private final Octets anchor;
    private final String key;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Object presence = new Object();
    private final List<Runnable> whenClosed = new ArrayList<>();
    private boolean online;
    private boolean closed;
    private volatile long lastProgress = System.nanoTime();

    /**
     * @param id unguessable, new for each connection
     * @param clientId as HiveMQ knows it: the device's prefix and what the client chose
     * @param verifier of the device's secret when the client logged in
     * @param anchor SHA-256 of the trust anchor behind the client's certificate; empty octets when it came with the secret
     */
    public DeviceConnection(String id, String clientId, Claim device, Octets verifier, Octets anchor) {
        this.anchor = anchor;
        this.id = id;
        this.clientId = clientId;
        this.device = device;
        this.verifier = verifier;
        this.key = RecordKey.of(device.tenant(), device.nid());
    }

    /** One whose client logged in with the device secret. */
    public DeviceConnection(String id, String clientId, Claim device, Octets verifier) {
        this(id, clientId, device, verifier, Octets.EMPTY);
    }

    public String id() {
        return id;
    }

    public String clientId() {
        return clientId;
    }

    public Claim device() {
        return device;
    }

    public Octets verifier() {
        return verifier;
    }

    /** Whether the client came with a certificate, and {@code trusted} does not hold for the anchor behind it. */
    public boolean restsOnNoneOf(Predicate<Octets> trusted) {
        return anchor.length() > 0 && !trusted.test(anchor);
    }

    /** The key of the device's records, and of the device in this node's tables. */
    public String key() {
        return key;
    }

    /** One more message is on its way into Kafka; returns how many there are. */
    public int departed() {
        int now = inFlight.incrementAndGet();
        if (now == 1) {
            lastProgress = System.nanoTime();
        }
        return now;
    }

    /** One message has arrived in Kafka, or is lost. */
    public void settled() {
        inFlight.decrementAndGet();
        lastProgress = System.nanoTime();
    }

    /** Whether messages are on their way and none has settled for that long. */
    public boolean isStalled(long nanos) {
        return inFlight.get() > 0 && System.nanoTime() - lastProgress > nanos;
    }

    /**
     * The connection can be served from now on; {@code tell} says so. Whatever is told of its presence is told by one thread
     * at a time, so that it enters Kafka in the order in which it came about.
     */
    void online(Runnable tell) {
        synchronized (presence) {
            online = true;
            tell.run();
        }
    }

    /** The connection cannot be served any more; {@code tell} says so if anything else was said. */
    void offline(Runnable tell) {
        synchronized (presence) {
            if (online) {
                online = false;
                tell.run();
            }
        }
    }

    /** Lets {@code tell} say once more that the connection cannot be served, unless it can be again. */
    void ifOffline(Runnable tell) {
        synchronized (presence) {
            if (!online) {
                tell.run();
            }
        }
    }

    /** True for the first who decides to close this connection. */
    public boolean beginClosing() {
        return closing.compareAndSet(false, true);
    }

    public boolean isClosing() {
        return closing.get();
    }

    /** Runs {@code action} once the connection is closed, at once when it is already. */
    public void whenClosed(Runnable action) {
        synchronized (whenClosed) {
            if (!closed) {
                whenClosed.add(action);
                return;
            }
        }
        action.run();
    }

    /** The network connection is gone: nothing that is sent now can reach the client. */
    public void closed() {
        List<Runnable> actions;
        synchronized (whenClosed) {
            closed = true;
            actions = List.copyOf(whenClosed);
            whenClosed.clear();
        }
        actions.forEach(Runnable::run);
    }
}
