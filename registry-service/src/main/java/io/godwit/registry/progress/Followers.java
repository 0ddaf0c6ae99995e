package io.godwit.registry.progress;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The streams of this replica: so many at most, and of one tenant not all of them. */
@ApplicationScoped
public class Followers {
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Semaphore arrived = new Semaphore(0);
    private final int most;
    private final int mostOfTenant;

    Followers(
            @ConfigProperty(name = "godwit.progress.max-streams") int most,
            @ConfigProperty(name = "godwit.progress.max-streams-per-tenant") int mostOfTenant,
            MeterRegistry meters) {
        this.most = most;
        this.mostOfTenant = mostOfTenant;
        meters.gauge("godwit.progress.streams", followers, Set::size);
    }

    /** @throws ProblemException 429 when the tenant has as many streams as it may have, 503 when this replica has */
    void checkRoom(TenantId tenant) {
        if (ofTenant(tenant) >= mostOfTenant) {
            throw new ProblemException(Problem.of(
                    429,
                    "too-many-streams",
                    "Too many streams",
                    "Your tenant follows " + mostOfTenant + " operations here already; close a stream, or try again."));
        }
        if (followers.size() >= most) {
            throw new ProblemException(Problem.of(
                    503, "too-many-streams", "Too many streams", "This replica has no stream left; try again."));
        }
    }

    private long ofTenant(TenantId tenant) {
        return followers.stream()
                .filter(follower -> follower.tenant().equals(tenant))
                .count();
    }

    /**
     * A stream, that takes its place when somebody reads it and gives it back when nobody does any more. Whoever comes when
     * the last place has just been taken is sent away at once, and comes again by itself.
     */
    Multi<Follower.Told> follow(TenantId tenant, String operation, long told, Instant end) {
        return Multi.createFrom()
                .emitter(emitter -> add(tenant, operation, told, end, emitter), BackPressureStrategy.ERROR);
    }

    private synchronized void add(
            TenantId tenant, String operation, long told, Instant end, MultiEmitter<? super Follower.Told> emitter) {
        if (followers.size() >= most || ofTenant(tenant) >= mostOfTenant) {
            emitter.complete();
            return;
        }
        Follower follower = new Follower(tenant, operation, told, end, emitter);
        followers.add(follower);
        emitter.onTermination(() -> followers.remove(follower));
        arrived.release();
    }

    /** All that there are, once there is one; empty when there is none for so long. */
    List<Follower> await(Duration atMost) throws InterruptedException {
        if (followers.isEmpty() && arrived.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            arrived.drainPermits();
        }
        return all();
    }

    /** All that there are. */
    List<Follower> all() {
        return List.copyOf(followers);
    }
}
