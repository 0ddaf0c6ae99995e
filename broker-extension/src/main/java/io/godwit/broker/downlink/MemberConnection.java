package io.godwit.broker.downlink;

import io.godwit.broker.presence.Subscribers.Grant;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The group topics of one connection. Asks the broker for one change at a time, in the order in which they came about: of
 * two that are under way at once, either might win.
 */
final class MemberConnection {
    private final InternalSubscriptions broker;
    private final String clientId;
    private final MemberCount count;

    private Set<String> held = Set.of();
    private Grant grant = new Grant(1, OptionalInt.empty());
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private boolean ended;
    private volatile @Nullable Throwable fault;

    MemberConnection(InternalSubscriptions broker, String clientId, MemberCount count) {
        this.broker = broker;
        this.clientId = clientId;
        this.count = count;
    }

    /**
     * Holds exactly these from now on, as that grant says; completes when the broker has them, or has refused them.
     *
     * @param wanted asked under the lock, so that who asks last has the last word
     */
    synchronized CompletableFuture<Void> hold(Supplier<Set<String>> wanted, Grant as) {
        Set<String> topics = wanted.get();
        Set<String> added = as.equals(grant) ? without(topics, held) : topics;
        grant = as;
        return change(topics, added);
    }

    /** Holds exactly these from now on. */
    synchronized CompletableFuture<Void> hold(Supplier<Set<String>> wanted) {
        Set<String> topics = wanted.get();
        return change(topics, without(topics, held));
    }

    /** Holds none any more, ever. */
    synchronized CompletableFuture<Void> release() {
        CompletableFuture<Void> done = change(Set.of(), Set.of());
        ended = true;
        return done;
    }

    /**
     * The session ends, and the broker takes away by itself the subscriptions that it has stored by then. One that is still
     * under way would stay for ever, unless it is taken away when it has arrived.
     */
    synchronized void forget(boolean clientIsGone) {
        if (clientIsGone && !last.isDone()) {
            CompletableFuture<Void> unused = change(Set.of(), Set.of());
        } else {
            count.remove(held);
            held = Set.of();
        }
        ended = true;
    }

    /** What the broker has refused since the last {@link #retry}. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    /** Asks once more for all that is held, if the broker has refused any of it. */
    synchronized void retry() {
        if (fault != null && last.isDone()) {
            fault = null;
            CompletableFuture<Void> unused = change(held, held);
        }
    }

    private CompletableFuture<Void> change(Set<String> topics, Set<String> added) {
        if (ended) {
            return last;
        }
        Set<String> removed = without(held, topics);
        count.remove(removed);
        count.add(without(topics, held));
        held = topics;
        if (!added.isEmpty() || !removed.isEmpty()) {
            Grant as = grant;
            // On this thread when nothing is under way, so that the broker delivers from here on.
            last = (last.isDone() ? ask(added, removed, as) : last.thenCompose(done -> ask(added, removed, as)))
                    .handle((done, refused) -> {
                        if (refused != null) {
                            fault = refused;
                        }
                        return null;
                    });
        }
        return last;
    }

    private CompletableFuture<Void> ask(Set<String> added, Set<String> removed, Grant as) {
        try {
            CompletableFuture<Void> adding =
                    added.isEmpty() ? CompletableFuture.completedFuture(null) : broker.add(clientId, added, as);
            return removed.isEmpty() ? adding : adding.thenCompose(done -> broker.remove(clientId, removed));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return Set.copyOf(rest);
    }
}
