package io.godwit.provisioning.replacement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A virtual clock with what is to happen, and all of a world's chance. Its story is written only when asked for: a history
 * that is run for the hundred thousandth time has no words.
 */
final class WorldTime {
    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private record Event(long at, long order, Runnable what) {}

    final boolean tells;
    final List<String> story = new ArrayList<>();
    private final Random random;
    private final double trouble;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now = 1_769_853_600_000L;
    private final long start = now;
    private long order;
    private boolean calm;

    /** @param trouble 0 to 1: how probable each mishap is at each occasion */
    WorldTime(long seed, double trouble, boolean tells) {
        this.random = new Random(seed);
        this.trouble = trouble;
        this.tells = tells;
    }

    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    long millis() {
        return now;
    }

    void later(long millis, Runnable what) {
        order++;
        events.add(new Event(now + millis, order, what));
    }

    void at(Instant time, Runnable what) {
        later(Math.max(0, time.toEpochMilli() - now), what);
    }

    /** Until nothing is left to happen, or so long after the start; {@code check} comes after every step. */
    void run(long length, Runnable check) {
        while (!events.isEmpty() && events.peek().at() <= start + length) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
            check.run();
        }
    }

    boolean isCalm() {
        return calm;
    }

    /** From now on nothing goes wrong any more. */
    void calm() {
        calm = true;
        tell("calm", "");
    }

    /** Whether something goes wrong here. */
    boolean mishap() {
        return !calm && random.nextDouble() < trouble;
    }

    /** At an occasion where it is twice as probable. */
    boolean likelyMishap() {
        return !calm && random.nextDouble() < 2 * trouble;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** What has gone wrong, in a few words that cost nothing when nobody reads them. */
    void tell(String what, Object who) {
        if (tells) {
            tell(what + " " + who);
        }
    }

    void tell(String what) {
        story.add(now() + " " + what);
    }
}
