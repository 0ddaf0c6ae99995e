package io.godwit.simulator.device.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import io.reactivex.schedulers.Schedulers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event loops that all connections of a fleet share. What comes in is handed on by the event loop itself, so that the
 * order on the wire (SUBACK, then the first message) is the order in which a device hears of it.
 */
public final class MqttThreads implements AutoCloseable {
    private final ExecutorService eventLoops;
    private final MqttClientExecutorConfig config;

    public MqttThreads(int count) {
        AtomicInteger number = new AtomicInteger();
        eventLoops = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mqtt-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        config = MqttClientExecutorConfig.builder()
                .nettyExecutor(eventLoops)
                .nettyThreads(count)
                .applicationScheduler(Schedulers.from(Runnable::run))
                .build();
    }

    MqttClientExecutorConfig config() {
        return config;
    }

    /** The event loops end by themselves when the last connection is gone. */
    @Override
    public void close() {
        eventLoops.shutdown();
    }
}
