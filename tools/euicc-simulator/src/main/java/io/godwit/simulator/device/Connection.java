package io.godwit.simulator.device;

import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of one device, one after the other. What it is told to do it does in that order; what comes from a line that
 * is not the present one any more is not passed on.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long a device that leaves waits for the broker to take its last message. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final Nid nid;
    private final Lines lines;
    private final Clockwork clockwork;
    private final AgentObserver observer;
    private final BiConsumer<Input, Runnable> device;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> gone = CompletableFuture.completedFuture(null);
    private volatile @Nullable Attempt present;

    Connection(Nid nid, Lines lines, Clockwork clockwork, AgentObserver observer, BiConsumer<Input, Runnable> device) {
        this.nid = nid;
        this.lines = lines;
        this.clockwork = clockwork;
        this.observer = observer;
        this.device = device;
    }

    /** Takes one of the actions that have to do with the line; called by one thread at a time. */
    void perform(Action action) {
        if (action instanceof Action.Connect connect) {
            Attempt attempt = new Attempt();
            present = attempt;
            gone = attempt.gone;
            attempt.openAfter(connect.after());
        } else if (action instanceof Action.Disconnect) {
            Attempt attempt = present;
            if (attempt != null) {
                then(attempt::leave);
            }
        } else if (action instanceof Action.Wait wait) {
            done = done.thenCompose(nothing -> clockwork.pause(wait.time()));
        } else if (action instanceof Action.Publish publish) {
            Attempt attempt = present;
            if (attempt != null) {
                then(() -> attempt.publish(publish));
            }
        }
    }

    private void then(Runnable task) {
        done = done.thenRun(task).exceptionally(failure -> {
            LOG.error("A device has failed at its line. nid={}", nid, failure);
            return null;
        });
    }

    /** Completes when the line that is the present one now has ended. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** One line, from the decision to connect to its end. */
    private final class Attempt implements Lines.Listener {
        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private CompletableFuture<Void> lastWord = CompletableFuture.completedFuture(null);
        private @Nullable Line line;
        private @Nullable ScheduledFuture<?> opensAt;
        private boolean opening;
        private boolean left;

        synchronized void openAfter(Duration pause) {
            opensAt = clockwork.after(pause, this::open);
        }

        private synchronized void open() {
            if (!left) {
                opening = true;
                lines.open(this);
            }
        }

        @Override
        public synchronized void opened(Line opened) {
            line = opened;
            observer.online(true);
            if (left) {
                opened.close();
            } else {
                device.accept(new Input.Connected(), () -> {});
            }
        }

        @Override
        public void delivered(Octets payload, Runnable acknowledge) {
            if (present == this) {
                device.accept(new Input.Delivered(payload), acknowledge);
            }
        }

        @Override
        public synchronized void lost(String cause) {
            LOG.debug("A device is off the air. nid={} cause={}", nid, cause);
            if (line != null) {
                observer.online(false);
                line = null;
            }
            end();
        }

        synchronized void publish(Action.Publish publish) {
            if (line == null) {
                observer.happened(AgentEvent.PUBLISH_FAILED);
                return;
            }
            StepBody body = publish.body();
            lastWord = line.publish(body.step().topic(), RspMessageCodec.encode(body.toMessage(publish.address(), nid)))
                    .handle((nothing, failure) -> {
                        if (failure == null) {
                            observer.published(body.step());
                        } else {
                            LOG.debug("The broker has not taken a message. nid={} step={}", nid, body.step());
                            observer.happened(AgentEvent.PUBLISH_FAILED);
                        }
                        return null;
                    });
        }

        synchronized void leave() {
            left = true;
            if (!opening && opensAt != null) {
                opensAt.cancel(false);
                end();
                return;
            }
            lastWord = lastWord.completeOnTimeout(null, LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(this::close);
        }

        private synchronized void close() {
            if (line != null) {
                line.close();
            }
        }

        private void end() {
            if (present == this) {
                device.accept(new Input.Lost(), () -> {});
            }
            gone.complete(null);
        }
    }
}
