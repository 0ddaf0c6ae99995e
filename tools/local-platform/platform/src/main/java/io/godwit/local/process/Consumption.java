package io.godwit.local.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process with all its children has used.
 *
 * @param cpuMillis processor time since its start
 * @param residentKilobytes memory now; what its processes share is counted once
 */
public record Consumption(long cpuMillis, long residentKilobytes) {
    /** Asks the kernel; nothing where the process has ended. */
    public static Consumption of(long pid) {
        List<KernelProcess> tree = LongStream.concat(LongStream.of(pid), descendants(pid))
                .boxed()
                .map(KernelProcess::of)
                .flatMap(Optional::stream)
                .toList();
        long cpu = tree.stream().mapToLong(KernelProcess::cpuMillis).sum();
        long shared = tree.stream()
                .mapToLong(process -> process.statusKilobytes("RssShmem"))
                .max()
                .orElse(0);
        long own = tree.stream()
                .mapToLong(process -> process.statusKilobytes("VmRSS") - process.statusKilobytes("RssShmem"))
                .sum();
        return new Consumption(cpu, own + shared);
    }

    private static LongStream descendants(long pid) {
        return ProcessHandle.of(pid)
                .map(ProcessHandle::descendants)
                .orElseGet(Stream::empty)
                .mapToLong(ProcessHandle::pid);
    }
}
