package io.godwit.cli.bench.fanout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one way took for one size in one round. */
final class Figures {
    private final List<Double> millis = new ArrayList<>();
    private double cpuMicros;
    private long deliveries;

    /** One more message: until its last client had it, and what the broker used for it. */
    void add(double untilLastMillis, long cpuMillis, int clients) {
        millis.add(untilLastMillis);
        cpuMicros += cpuMillis * 1000.0;
        deliveries += clients;
    }

    double medianMillis() {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double bestMillis() {
        return Collections.min(millis);
    }

    double worstMillis() {
        return Collections.max(millis);
    }

    double cpuMicrosPerDelivery() {
        return cpuMicros / deliveries;
    }
}
