package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import io.godwit.local.PlatformSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where components listen; shared by the commands that start them. */
final class PortOption {
    private static final String NAME = "--port";
    private static final int HIGHEST = 65_535;

    @Option(
            names = NAME,
            paramLabel = "NAME=NUMBER",
            description = {
                "Port of a component, as in: godwit status. May be given for several.",
                "It is kept for the next time; otherwise a free one is found."
            })
    private Map<String, Integer> ports = new LinkedHashMap<>();

    /** {@code settings} with the wanted ports, for a platform with so many replicas and HiveMQ nodes. */
    PlatformSettings on(PlatformSettings settings, int replicas, Bounds bounds) {
        List<String> names = Installation.portNames(replicas, Math.max(1, settings.brokers()));
        ports.forEach((name, port) -> {
            if (!names.contains(name)) {
                throw bounds.refusal(NAME, "one of the names " + String.join(", ", names) + "; there is no " + name);
            }
            bounds.within(NAME + " " + name, port, 1, HIGHEST);
        });
        if (new HashSet<>(ports.values()).size() < ports.size()) {
            throw bounds.refusal(NAME, "another number for each name");
        }
        return settings.on(ports);
    }
}
