package io.godwit.registry.progress;

import io.godwit.protocol.TenantId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what the streams of this replica wait for: one thread and one connection for all of them, a transaction a tenant
 * each round. Rounds pause in between, and nobody reads while nobody follows.
 */
@ApplicationScoped
public class FollowLoop {
    private static final Logger LOG = LoggerFactory.getLogger(FollowLoop.class);
    private static final long PAUSE_MILLIS = 250;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final long STOP_MILLIS = 10_000;

    private final Followers followers;
    private final ProgressRows rows;
    private final Thread thread = new Thread(this::run, "operation-progress");
    private volatile boolean running = true;

    FollowLoop(Followers followers, ProgressRows rows) {
        this.followers = followers;
        this.rows = rows;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.interrupt();
        thread.join(STOP_MILLIS);
        followers.all().forEach(Follower::end);
    }

    private void run() {
        Instant beaten = Instant.now();
        while (running) {
            try {
                List<Follower> all = followers.await(IDLE);
                Instant now = Instant.now();
                all.forEach(follower -> follower.endAfter(now));
                if (now.isAfter(beaten.plus(HEARTBEAT))) {
                    beaten = now;
                    all.forEach(Follower::beat);
                }
                round(all);
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private void round(List<Follower> all) {
        all.stream()
                .filter(Follower::isHungry)
                .collect(Collectors.groupingBy(Follower::tenant))
                .forEach(this::look);
    }

    private void look(TenantId tenant, List<Follower> hungry) {
        Map<String, Long> told =
                hungry.stream().collect(Collectors.toMap(Follower::operation, Follower::told, Math::min));
        try {
            Map<String, List<Progress>> found = rows.after(tenant, told);
            hungry.forEach(follower -> follower.give(found.getOrDefault(follower.operation(), List.of())));
        } catch (SQLException e) {
            LOG.warn("Progress could not be read, and is looked for again. tenant={} cause={}", tenant, e.toString());
        } catch (Throwable e) {
            // An Error too: nobody would see this thread end, and from then on nobody would be told anything.
            LOG.warn("Looking for progress stumbled and goes on. tenant={} cause={}", tenant, e.toString(), e);
        }
    }
}
