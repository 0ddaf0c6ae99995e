package io.godwit.registry.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a stream is given, and when. */
class FollowersTest {
    private static final TenantId TENANT = new TenantId("t");

    private final Followers followers = new Followers(2, 1, new SimpleMeterRegistry());

    @Test
    void aReaderIsGivenWhatItAsksForAndMoreOnlyWhenItHasTakenAll() {
        Reader reader = read(TENANT, 0, Instant.MAX);
        Follower follower = followers.all().get(0);
        reader.subscription.request(1);
        follower.give(rows(1, 3));
        assertEquals(List.of(1L), reader.sequences);
        assertTrue(!follower.isHungry());
        reader.subscription.request(5);
        assertEquals(List.of(1L, 2L, 3L), reader.sequences);
        assertTrue(follower.isHungry());
        follower.give(rows(2, 4));
        assertEquals(List.of(1L, 2L, 3L, 4L), reader.sequences, "what it has had it is not given again");
    }

    @Test
    void theLastEventEndsTheStreamAndGivesItsPlaceBack() {
        Reader reader = read(TENANT, 4, Instant.MAX);
        reader.subscription.request(10);
        followers.all().get(0).give(List.of(row(5, false), row(6, true)));
        assertEquals(List.of(5L, 6L), reader.sequences);
        assertTrue(reader.completed);
        assertEquals(List.of(), followers.all());
    }

    @Test
    void aHeartbeatIsSentWhenNothingElseWas() {
        Reader reader = read(TENANT, 0, Instant.MAX);
        Follower follower = followers.all().get(0);
        reader.subscription.request(10);
        follower.beat();
        assertEquals(0, reader.heartbeats);
        follower.beat();
        assertEquals(1, reader.heartbeats);
        follower.give(rows(1, 1));
        follower.beat();
        assertEquals(1, reader.heartbeats);
    }

    @Test
    void aStreamEndsWithItsToken() {
        Instant end = Instant.parse("2026-11-26T12:00:00Z");
        Reader reader = read(TENANT, 0, end);
        Follower follower = followers.all().get(0);
        follower.endAfter(end);
        assertTrue(!reader.completed);
        follower.endAfter(end.plusMillis(1));
        assertTrue(reader.completed);
        assertEquals(List.of(), followers.all());
    }

    @Test
    void placesHaveAnEnd() {
        read(TENANT, 0, Instant.MAX);
        assertEquals(429, status(TENANT));
        Reader late = read(TENANT, 0, Instant.MAX);
        assertTrue(late.completed, "the last place was taken since the check");
        Reader other = read(new TenantId("u"), 0, Instant.MAX);
        assertEquals(503, status(new TenantId("v")));
        other.subscription.cancel();
        followers.checkRoom(new TenantId("v"));
    }

    private int status(TenantId tenant) {
        return assertThrows(ProblemException.class, () -> followers.checkRoom(tenant))
                .problem()
                .status();
    }

    private Reader read(TenantId tenant, long told, Instant end) {
        Reader reader = new Reader();
        followers.follow(tenant, "o", told, end).subscribe().withSubscriber(reader);
        return reader;
    }

    private static List<Progress> rows(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(sequence -> row(sequence, false))
                .toList();
    }

    private static Progress row(long sequence, boolean last) {
        return new Progress(
                sequence, last, "o", Instant.EPOCH, last ? "Completed" : "Running", 1L, Map.of(), 0, 0, 0, null);
    }

    /** Takes as much as the test says. */
    private static final class Reader implements Flow.Subscriber<Follower.Told> {
        private final List<Long> sequences = new ArrayList<>();
        private Flow.Subscription subscription;
        private int heartbeats;
        private boolean completed;

        @Override
        public void onSubscribe(Flow.Subscription mine) {
            subscription = mine;
        }

        @Override
        public void onNext(Follower.Told told) {
            if (told instanceof Follower.Told.Event event) {
                sequences.add(event.progress().sequence());
            } else {
                heartbeats++;
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
