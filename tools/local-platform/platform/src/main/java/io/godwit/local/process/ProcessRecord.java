package io.godwit.local.process;

import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.PropertyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is remembered of a started process, enough to recognise, ask and stop it from another JVM.
 *
 * @param rank as in {@link Component#rank}
 * @param startUpMillis from launch to readiness; 0 while it is starting
 */
record ProcessRecord(
        String name,
        long pid,
        long startTicks,
        String bootId,
        int port,
        String healthUrl,
        StopSignal stopSignal,
        Duration stopWithin,
        int rank,
        long startUpMillis) {

    private static final String SUFFIX = ".properties";

    /** The record of a component whose process is alive; one that is stale counts for nothing. */
    static Optional<ProcessRecord> alive(PlatformHome home, String name) {
        Map<String, String> content = PropertyFile.read(file(home, name));
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(name, content)).filter(ProcessRecord::isAlive);
    }

    /** All that are alive, the lowest rank first. */
    static List<ProcessRecord> allAlive(PlatformHome home) {
        try (Stream<Path> files = Files.list(home.folder("pids"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> alive(home, file.substring(0, file.length() - SUFFIX.length())))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingInt(ProcessRecord::rank))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return bootId.equals(KernelProcess.bootId())
                && KernelProcess.of(pid)
                        .filter(process -> process.startTicks() == startTicks)
                        .isPresent();
    }

    ProcessRecord startedIn(long millis) {
        return new ProcessRecord(name, pid, startTicks, bootId, port, healthUrl, stopSignal, stopWithin, rank, millis);
    }

    void write(PlatformHome home) {
        PropertyFile.write(
                file(home, name),
                Map.of(
                        "pid", Long.toString(pid),
                        "startTicks", Long.toString(startTicks),
                        "bootId", bootId,
                        "port", Integer.toString(port),
                        "healthUrl", healthUrl,
                        "stopSignal", stopSignal.name(),
                        "stopWithinMillis", Long.toString(stopWithin.toMillis()),
                        "rank", Integer.toString(rank),
                        "startUpMillis", Long.toString(startUpMillis)));
    }

    static void forget(PlatformHome home, String name) {
        try {
            Files.deleteIfExists(file(home, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessRecord parse(String name, Map<String, String> content) {
        return new ProcessRecord(
                name,
                Long.parseLong(content.getOrDefault("pid", "0")),
                Long.parseLong(content.getOrDefault("startTicks", "0")),
                content.getOrDefault("bootId", ""),
                Integer.parseInt(content.getOrDefault("port", "0")),
                content.getOrDefault("healthUrl", ""),
                StopSignal.valueOf(content.getOrDefault("stopSignal", "TERM")),
                Duration.ofMillis(Long.parseLong(content.getOrDefault("stopWithinMillis", "30000"))),
                Integer.parseInt(content.getOrDefault("rank", "0")),
                Long.parseLong(content.getOrDefault("startUpMillis", "0")));
    }

    private static Path file(PlatformHome home, String name) {
        return home.folder("pids").resolve(name + SUFFIX);
    }
}
