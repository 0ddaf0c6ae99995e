package io.godwit.broker.downlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.presence.Subscribers.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemberConnectionTest {
    private static final Grant QOS_1 = new Grant(1, OptionalInt.empty());

    private final SlowBroker broker = new SlowBroker();
    private final MemberCount count = new MemberCount();
    private final MemberConnection member = new MemberConnection(broker, "acme/dev/a", count);

    /** Answers when it is told to. */
    private static final class SlowBroker implements InternalSubscriptions {
        private final List<String> asked = new ArrayList<>();
        private final List<CompletableFuture<Void>> answers = new ArrayList<>();

        @Override
        public CompletableFuture<Void> add(String clientId, Set<String> topics, Grant grant) {
            return ask("+" + new TreeSet<>(topics) + " " + grant.qos() + grant.identifier());
        }

        @Override
        public CompletableFuture<Void> remove(String clientId, Set<String> topics) {
            return ask("-" + new TreeSet<>(topics));
        }

        private CompletableFuture<Void> ask(String change) {
            asked.add(change);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        private void answer(int which) {
            answers.get(which).complete(null);
        }
    }

    @Test
    void whatIsWantedIsAskedForAtOnceAndHeldWhenTheBrokerHasIt() {
        CompletableFuture<Void> held = member.hold(() -> Set.of("a", "b"), QOS_1);

        assertEquals(List.of("+[a, b] 1OptionalInt.empty"), broker.asked);
        assertFalse(held.isDone());
        broker.answer(0);
        assertTrue(held.isDone());
        assertEquals(1, count.of("a"));
    }

    @Test
    void whoIsInNoGroupNeedsNoAnswer() {
        assertTrue(member.hold(Set::of, QOS_1).isDone());
        assertEquals(List.of(), broker.asked);
    }

    @Test
    void changesGoOneByOneInTheirOrder() {
        CompletableFuture<Void> first = member.hold(() -> Set.of("a"), QOS_1);
        CompletableFuture<Void> second = member.hold(() -> Set.of("b"));
        CompletableFuture<Void> third = member.hold(() -> Set.of("a"));

        assertEquals(List.of("+[a] 1OptionalInt.empty"), broker.asked);
        for (int answer = 0; answer < 5; answer++) {
            broker.answer(answer);
        }
        assertEquals(
                List.of(
                        "+[a] 1OptionalInt.empty",
                        "+[b] 1OptionalInt.empty",
                        "-[a]",
                        "+[a] 1OptionalInt.empty",
                        "-[b]"),
                broker.asked);
        assertTrue(first.isDone() && second.isDone() && third.isDone());
        assertEquals(1, count.of("a"));
        assertEquals(0, count.of("b"));
    }

    @Test
    void anotherGrantIsAskedForAnew() {
        CompletableFuture<Void> unused = member.hold(() -> Set.of("a"), QOS_1);
        broker.answer(0);
        unused = member.hold(() -> Set.of("a"), QOS_1);
        assertEquals(1, broker.asked.size(), "the same once more changes nothing");

        unused = member.hold(() -> Set.of("a"), new Grant(0, OptionalInt.of(7)));

        assertEquals("+[a] 0OptionalInt[7]", broker.asked.get(1));
        assertEquals(1, count.of("a"));
    }

    @Test
    void whatTheBrokerRefusesIsAskedForAgain() {
        CompletableFuture<Void> held = member.hold(() -> Set.of("a"), QOS_1);
        broker.answers.get(0).completeExceptionally(new IllegalStateException("full"));
        assertTrue(held.isDone(), "the client need not wait");
        assertNotNull(member.fault());

        member.retry();
        broker.answer(1);

        assertNull(member.fault());
        assertEquals(2, broker.asked.size());
        member.retry();
        assertEquals(2, broker.asked.size());
    }

    @Test
    void aSessionThatEndsTakesWhatIsStoredWithIt() {
        CompletableFuture<Void> unused = member.hold(() -> Set.of("a"), QOS_1);
        broker.answer(0);

        member.forget(true);

        assertEquals(1, broker.asked.size());
        assertEquals(0, count.of("a"));
    }

    @Test
    void whatIsUnderWayWhenTheSessionEndsIsTakenAwayBehindIt() {
        CompletableFuture<Void> unused = member.hold(() -> Set.of("a"), QOS_1);

        member.forget(true);
        broker.answer(0);

        assertEquals("-[a]", broker.asked.get(1));
        assertEquals(0, count.of("a"));
    }

    @Test
    void aNewerConnectionOfThatClientIdIsLeftAlone() {
        CompletableFuture<Void> unused = member.hold(() -> Set.of("a"), QOS_1);

        member.forget(false);
        broker.answer(0);

        assertEquals(1, broker.asked.size());
    }

    @Test
    void whoHasEndedHoldsNothingAnyMore() {
        CompletableFuture<Void> unused = member.hold(() -> Set.of("a"), QOS_1);
        broker.answer(0);
        unused = member.release();
        unused = member.hold(() -> Set.of("a"));

        assertEquals("-[a]", broker.asked.get(1));
        assertEquals(2, broker.asked.size());
        assertEquals(0, count.of("a"));
    }
}
