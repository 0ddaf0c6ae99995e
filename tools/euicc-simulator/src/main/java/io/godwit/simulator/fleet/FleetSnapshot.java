package io.godwit.simulator.fleet;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.device.AgentEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A fleet at one moment.
 *
 * @param devices how many there are
 * @param registered how many of them have a nid and a device secret
 * @param connected how many are connected and subscribed
 * @param published messages that the broker has taken, by step; steps that did not occur are left out, here and below
 * @param received messages for these devices, by step, repeated ones included
 * @param events what else happened, see {@link AgentEvent}
 */
public record FleetSnapshot(
        int devices,
        int registered,
        int connected,
        Map<FlowStep, Long> published,
        Map<FlowStep, Long> received,
        Map<AgentEvent, Long> events,
        ProcessFigures process) {
    public FleetSnapshot {
        published = Map.copyOf(published);
        received = Map.copyOf(received);
        events = Map.copyOf(events);
    }

    public long published(FlowStep step) {
        return published.getOrDefault(step, 0L);
    }

    public long received(FlowStep step) {
        return received.getOrDefault(step, 0L);
    }

    public long count(AgentEvent event) {
        return events.getOrDefault(event, 0L);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("devices", devices)
                .put("registered", registered)
                .put("connected", connected)
                .put("published", numbers(published))
                .put("received", numbers(received))
                .put("events", numbers(events))
                .put("process", process.toJson())
                .build();
    }

    public static FleetSnapshot fromJson(Fields fields) {
        return new FleetSnapshot(
                fields.smallNumber("devices"),
                fields.smallNumber("registered"),
                fields.smallNumber("connected"),
                numbers(fields.object("published"), FlowStep::valueOf),
                numbers(fields.object("received"), FlowStep::valueOf),
                numbers(fields.object("events"), AgentEvent::valueOf),
                ProcessFigures.fromJson(fields.object("process")));
    }

    private static Json.Obj numbers(Map<?, Long> counts) {
        Json.ObjectBuilder json = Json.object();
        counts.forEach((what, count) -> json.put(what.toString(), count));
        return json.build();
    }

    private static <E> Map<E, Long> numbers(Fields fields, Function<String, E> read) {
        Map<E, Long> counts = new LinkedHashMap<>();
        fields.object().members().keySet().forEach(name -> counts.put(read.apply(name), fields.number(name)));
        return counts;
    }
}
