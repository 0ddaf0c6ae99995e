package io.godwit.provisioning.procedure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** A virtual clock with what is to happen, and all of a world's chance; how much goes wrong ends with {@link #calm}. */
final class VirtualTime {
    private record Event(Instant at, long order, Runnable what) {}

    final Random random;
    final List<String> story = new ArrayList<>();
    private final double trouble;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private Instant now = Instant.parse("2026-01-31T10:00:00Z");
    private long order;
    private boolean calm;

    /** @param trouble 0 to 1: how probable each mishap is at each occasion */
    VirtualTime(long seed, double trouble) {
        this.random = new Random(seed);
        this.trouble = trouble;
    }

    Instant now() {
        return now;
    }

    void at(Instant time, Runnable what) {
        order++;
        events.add(new Event(time.isBefore(now) ? now : time, order, what));
    }

    void later(Duration delay, Runnable what) {
        at(now.plus(delay), what);
    }

    /** Until nothing is left to happen, or {@code end}. */
    void run(Instant end) {
        while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
        }
    }

    boolean isCalm() {
        return calm;
    }

    /** From now on nothing goes wrong any more. */
    void calm() {
        calm = true;
        tell("calm");
    }

    /** Whether something goes wrong here. */
    boolean mishap() {
        return !calm && random.nextDouble() < trouble;
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least + 1));
    }

    Duration seconds(int least, int most) {
        return Duration.ofSeconds(least + random.nextInt(most - least + 1));
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    void tell(String what) {
        story.add(now + " " + what);
    }
}
