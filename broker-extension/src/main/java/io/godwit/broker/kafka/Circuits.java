package io.godwit.broker.kafka;

import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A circuit for each topic set: what is wrong with one tenant's topics must not shut out the others. */
public final class Circuits {
    private final Duration pause;
    private final Map<TopicSet, Circuit> circuits = new ConcurrentHashMap<>();
    private volatile boolean reached;

    public Circuits(Duration pause) {
        this.pause = pause;
    }

    public Circuit of(TopicSet set) {
        Circuit circuit = circuits.get(set);
        return circuit != null
                ? circuit
                : circuits.computeIfAbsent(set, name -> {
                    Circuit fresh = new Circuit(pause, System::nanoTime);
                    fresh.reached(reached);
                    return fresh;
                });
    }

    /** Kafka answered, or did not answer, when it was asked. */
    public void reached(boolean now) {
        reached = now;
        circuits.values().forEach(circuit -> circuit.reached(now));
    }

    public boolean isReached() {
        return reached;
    }
}
