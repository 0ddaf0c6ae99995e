package io.godwit.simulator.fleet;

import com.sun.management.OperatingSystemMXBean;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a process has cost so far.
 *
 * @param cpuMillis of all its threads since its start
 * @param heapOctets in use, garbage included
 * @param residentOctets of the whole process in memory; 0 where the system does not tell
 */
public record ProcessFigures(long cpuMillis, long heapOctets, long residentOctets) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static ProcessFigures now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new ProcessFigures(
                TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime()),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                resident());
    }

    private static long resident() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    Json.Obj toJson() {
        return Json.object()
                .put("cpuMillis", cpuMillis)
                .put("heapOctets", heapOctets)
                .put("residentOctets", residentOctets)
                .build();
    }

    static ProcessFigures fromJson(Fields fields) {
        return new ProcessFigures(
                fields.number("cpuMillis"), fields.number("heapOctets"), fields.number("residentOctets"));
    }
}
