package io.godwit.simulator.fleet;

import io.godwit.protocol.FlowStep;
import io.godwit.simulator.device.AgentEvent;
import io.godwit.simulator.device.AgentObserver;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what all devices of a fleet do, since the process was started. */
final class FleetCounters implements AgentObserver {
    private final Map<FlowStep, LongAdder> published = adders(FlowStep.class);
    private final Map<FlowStep, LongAdder> received = adders(FlowStep.class);
    private final Map<AgentEvent, LongAdder> events = adders(AgentEvent.class);
    private final LongAdder online = new LongAdder();

    @Override
    public void published(FlowStep step) {
        count(published, step);
    }

    @Override
    public void received(FlowStep step) {
        count(received, step);
    }

    @Override
    public void happened(AgentEvent event) {
        count(events, event);
    }

    @Override
    public void online(boolean up) {
        online.add(up ? 1 : -1);
    }

    FleetSnapshot snapshot(int devices, int registered) {
        return new FleetSnapshot(
                devices,
                registered,
                online.intValue(),
                sums(published),
                sums(received),
                sums(events),
                ProcessFigures.now());
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kind) {
        Map<E, LongAdder> adders = new EnumMap<>(kind);
        for (E constant : kind.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> void count(Map<E, LongAdder> adders, E what) {
        LongAdder adder = adders.get(what);
        if (adder != null) {
            adder.increment();
        }
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
        Map<E, Long> sums = new LinkedHashMap<>();
        adders.forEach((what, adder) -> {
            if (adder.sum() != 0) {
                sums.put(what, adder.sum());
            }
        });
        return sums;
    }
}
