package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Victims;
import io.godwit.local.access.PlatformException;
import io.godwit.protocol.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Strikes at a replacement that is under way, when REST tells that it has come to a stage at which a strike is due. What was
 * struck starts again beside it: the next strike comes at its stage, and waits for nothing.
 */
final class StageStriking implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Victims victims;
    private final List<StageStrike> left;
    private final List<StageHit> hits = new ArrayList<>();
    private final ExecutorService starter = Executors.newCachedThreadPool();
    private final List<Future<?>> starts = new ArrayList<>();

    StageStriking(Victims victims, List<StageStrike> strikes) {
        this.victims = victims;
        this.left = new ArrayList<>(strikes);
    }

    /**
     * Kills what is due at {@code step}. A replacement that has ended is not struck: nothing of it could break.
     *
     * @param now the replacement as REST has just told it
     */
    void told(Json.Obj step, Json.Obj now) {
        Optional<StageStrike> due = left.stream()
                .filter(strike -> step.text("stage").equals(Optional.of(strike.stage())))
                .findFirst();
        if (due.isEmpty() || now.text("endedAt").isPresent()) {
            return;
        }
        left.remove(due.get());
        hits.add(new StageHit(due.get(), now.text("stage").orElseThrow()));
        long back = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(due.get().downMillis());
        try {
            for (String victim : due.get().victims()) {
                victims.kill(victim);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            due.get().victims().forEach(victim -> startAt(back, victim));
        }
    }

    private void startAt(long nanoTime, String victim) {
        starts.add(starter.submit(() -> {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
            restart(victim);
            return null;
        }));
    }

    private void restart(String victim) throws IOException {
        // As an orchestrator does: a service ends when its database is struck while it starts.
        for (int attempt = 1; ; attempt++) {
            try {
                victims.restart(victim);
                return;
            } catch (PlatformException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Waits until everything that was struck serves again; a sentence where something does not. */
    Optional<String> lost() throws InterruptedException {
        for (Future<?> start : starts) {
            try {
                start.get();
            } catch (ExecutionException e) {
                return Optional.of("what was killed does not start again: " + e.getCause());
            }
        }
        return Optional.empty();
    }

    /** What has been carried out, in order. */
    List<StageHit> hits() {
        return List.copyOf(hits);
    }

    /** Ends when everything that was struck has been started, or could not be. */
    @Override
    public void close() {
        starter.shutdown();
        try {
            starter.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
