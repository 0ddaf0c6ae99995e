package io.godwit.simulator.fleet;

import io.godwit.simulator.device.Clockwork;
import io.godwit.simulator.device.mqtt.MqttThreads;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The few threads on which all devices of a fleet run. */
final class FleetThreads implements AutoCloseable {
    private static final long LAST_WRITES_SECONDS = 10;
    private static final int PROCESSORS = Math.max(2, Runtime.getRuntime().availableProcessors());

    // What comes for a device when the fleet is switched off is as good as not come.
    private final ExecutorService workers = new ThreadPoolExecutor(
            PROCESSORS,
            PROCESSORS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons("device"),
            new ThreadPoolExecutor.DiscardPolicy());
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, daemons("timer"), new ThreadPoolExecutor.DiscardPolicy());
    private final MqttThreads mqtt = new MqttThreads(PROCESSORS);

    FleetThreads() {
        // Most alarms of a device are set again long before they go off.
        timer.setRemoveOnCancelPolicy(true);
    }

    Clockwork clockwork() {
        RandomGenerator seeded = RandomGeneratorFactory.of("L64X128MixRandom").create();
        RandomGenerator shared = () -> {
            synchronized (seeded) {
                return seeded.nextLong();
            }
        };
        return new Clockwork(workers, timer, Clock.systemUTC(), shared);
    }

    MqttThreads mqtt() {
        return mqtt;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
        mqtt.close();
        try {
            workers.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
