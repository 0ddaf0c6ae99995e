package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.local.ComponentUsage;
import io.godwit.simulator.FleetProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time by process between two moments: the platform's components, and the simulated devices apart. */
public final class CpuMeter {
    /** The name under which the simulated devices are listed. */
    public static final String DEVICES = "devices";

    private final Installation installation;
    private final FleetProcess fleet;
    private final Map<String, Long> atStart;

    public CpuMeter(Installation installation, FleetProcess fleet) {
        this.installation = installation;
        this.fleet = fleet;
        this.atStart = millis();
    }

    /** Milliseconds of processor time since this meter was made, over {@code cards}, by process. */
    public Map<String, Double> perCard(long cards) {
        Map<String, Double> perCard = new LinkedHashMap<>();
        millis().forEach((name, now) -> perCard.put(name, (now - atStart.getOrDefault(name, 0L)) / (double) cards));
        return perCard;
    }

    private Map<String, Long> millis() {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (ComponentUsage component : installation.usage()) {
            millis.put(component.name(), component.cpuMillis());
        }
        millis.put(DEVICES, fleet.snapshot().process().cpuMillis());
        return millis;
    }
}
