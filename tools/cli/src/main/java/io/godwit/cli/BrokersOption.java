package io.godwit.cli;

import io.godwit.local.PlatformSettings;
import io.godwit.local.hivemq.BrokerNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many HiveMQ nodes there are; shared by the commands that start them. */
final class BrokersOption {
    @Option(
            names = "--brokers",
            paramLabel = "NODES",
            description = {
                "HiveMQ nodes behind the one address of the devices, 1 to " + BrokerNames.MOST + ".",
                "It is kept for the next time; a new home has 1."
            })
    private @Nullable Integer brokers;

    /** {@code settings} with the wanted number of nodes. */
    PlatformSettings on(PlatformSettings settings, Bounds bounds) {
        Integer wanted = brokers;
        if (wanted == null) {
            return settings;
        }
        Bounds unused = bounds.brokers(wanted);
        return settings.withBrokers(wanted);
    }
}
