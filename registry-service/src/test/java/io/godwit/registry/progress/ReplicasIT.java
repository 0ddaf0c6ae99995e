package io.godwit.registry.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.TestTokens;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.order.OperationLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas know nothing of each other, and whoever follows an operation need not care which one answers. */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
@Timeout(60)
class ReplicasIT {
    private static final TenantId TENANT = new TenantId("replicas");

    @Inject
    TenantTransaction transactions;

    private Replica one;
    private Replica two;
    private final String operation = UUID.randomUUID().toString();

    @BeforeEach
    void start() throws SQLException {
        one = new Replica();
        two = new Replica();
        transactions.in(TENANT, connection -> {
            OperationLog.append(
                    connection,
                    TENANT,
                    List.of(NewOperation.onCard(
                            operation,
                            FunctionColumns.NONE,
                            new Nid("n1"),
                            NewOperation.ORDER,
                            "alice",
                            Instant.now())));
            ProgressLog.append(connection, Set.of(operation));
            return 0;
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        one.loop.stop(new ShutdownEvent());
        two.loop.stop(new ShutdownEvent());
    }

    @Test
    void oneGoesOnWhereTheOtherStopped() throws Exception {
        Reader first = one.follow(0);
        assertEquals(1, first.next().sequence());
        change("status = 'Running'");
        assertEquals(2, first.next().sequence());
        first.cancellable.cancel();
        change("members = 7");
        Reader second = two.follow(2);
        assertEquals(3, second.next().sequence());
        change("status = 'Completed'");
        Progress last = second.next();
        assertEquals(4, last.sequence());
        assertTrue(last.last());
        assertEquals(7L, last.members());
    }

    @Test
    void whatManyChangeAtOnceIsToldInOrderAndWithoutAGap() throws Exception {
        int workers = 4;
        int changes = 25;
        Reader reader = one.follow(0);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Callable<Void> changing = () -> {
                    for (int j = 0; j < changes; j++) {
                        change("members = members + 1");
                    }
                    return null;
                };
                work.add(pool.submit(changing));
            }
            for (Future<?> done : work) {
                done.get();
            }
            for (long sequence = 1; sequence <= 1 + workers * changes; sequence++) {
                Progress progress = reader.next();
                assertEquals(sequence, progress.sequence());
                assertEquals(sequence, progress.members());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatDidNotChangeIsNotTold() throws Exception {
        change("status = 'Pending'");
        change("status = 'Running'");
        Reader reader = one.follow(0);
        assertEquals("Pending", reader.next().status());
        Progress second = reader.next();
        assertEquals(2, second.sequence());
        assertEquals("Running", second.status());
    }

    private void change(String columns) throws SQLException {
        transactions.in(TENANT, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE operation SET " + columns + " WHERE id = ?")) {
                update.setString(1, operation);
                assertEquals(1, update.executeUpdate());
            }
            ProgressLog.append(connection, Set.of(operation));
            return 0;
        });
    }

    private record Reader(BlockingQueue<Progress> told, Cancellable cancellable) {
        Progress next() throws InterruptedException {
            Progress next = told.poll(20, TimeUnit.SECONDS);
            assertTrue(next != null, "waited 20 seconds in vain");
            return next;
        }
    }

    /** What a process has of its own. */
    private final class Replica {
        private final Followers followers = new Followers(10, 10, new SimpleMeterRegistry());
        private final FollowLoop loop = new FollowLoop(followers, new ProgressRows(transactions));

        Replica() {
            loop.start(new StartupEvent());
        }

        Reader follow(long told) {
            BlockingQueue<Progress> events = new LinkedBlockingQueue<>();
            Cancellable cancellable = followers
                    .follow(TENANT, operation, told, Instant.MAX)
                    .subscribe()
                    .with(message -> {
                        if (message instanceof Follower.Told.Event event) {
                            events.add(event.progress());
                        }
                    });
            return new Reader(events, cancellable);
        }
    }
}
