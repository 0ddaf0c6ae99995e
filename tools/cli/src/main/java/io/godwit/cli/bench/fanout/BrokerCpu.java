package io.godwit.cli.bench.fanout;

import io.godwit.local.ComponentUsage;
import io.godwit.local.LocalPlatform;

/** Processor time of a platform's HiveMQ. */
final class BrokerCpu {
    private BrokerCpu() {}

    static long millis(LocalPlatform platform) {
        return platform.usage().stream()
                .filter(component -> component.name().equals("hivemq"))
                .mapToLong(ComponentUsage::cpuMillis)
                .findFirst()
                .orElseThrow();
    }
}
