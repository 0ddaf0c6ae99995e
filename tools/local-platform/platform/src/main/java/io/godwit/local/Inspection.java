package io.godwit.local;

import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.RunningProcess;
import io.godwit.local.process.Supervisor;
import io.godwit.local.service.HttpProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the processes of a home, and asks them. */
record Inspection(Supervisor supervisor) {
    /** What belongs to a platform, and what else runs in its home; {@code askable} are those that know how they are asked. */
    List<ComponentStatus> of(List<Component> belonging, List<Component> askable) {
        Map<String, ComponentStatus> found = new LinkedHashMap<>();
        belonging.forEach(component -> found.put(component.name(), status(component.name(), component::probe)));
        for (String other : supervisor.alive()) {
            found.computeIfAbsent(other, name -> status(name, () -> ask(name, askable)));
        }
        return List.copyOf(found.values());
    }

    List<ComponentUsage> usage() {
        return supervisor.alive().stream()
                .flatMap(name -> supervisor.running(name).stream())
                .map(process -> new ComponentUsage(
                        process.name(),
                        process.pid(),
                        process.consumption().cpuMillis(),
                        process.consumption().residentKilobytes(),
                        process.startUpMillis()))
                .toList();
    }

    private ComponentStatus status(String name, Supplier<Answer> probe) {
        Optional<RunningProcess> running = supervisor.running(name);
        if (running.isEmpty()) {
            return new ComponentStatus.Down(name);
        }
        return probe.get() instanceof Answer.Silent silent
                ? new ComponentStatus.Silent(name, running.get(), silent.reason())
                : new ComponentStatus.Up(name, running.get());
    }

    /** A service that another program added is known by its process record only, which says where it tells its health. */
    private Answer ask(String name, List<Component> askable) {
        return askable.stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .map(Component::probe)
                .orElseGet(() -> HttpProbe.ask(
                        supervisor.running(name).map(RunningProcess::healthUrl).orElse("http://unknown.invalid")));
    }
}
