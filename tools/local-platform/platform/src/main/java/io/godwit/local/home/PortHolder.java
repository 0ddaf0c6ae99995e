package io.godwit.local.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out who listens on a port, as far as this user may see it. */
final class PortHolder {
    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Like "process 4711 (postgres)"; empty where it cannot be seen. */
    static Optional<String> of(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream())
                .flatMap(line -> socketOf(line, port).stream())
                .findFirst()
                .flatMap(PortHolder::ownerOf);
    }

    /** The link text of the listening socket in a line of the kernel's table, if it is about this port. */
    static Optional<String> socketOf(String line, int port) {
        List<String> column = List.of(line.trim().split("\\s+", -1));
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        boolean listens = column.size() > 9
                && column.get(1).endsWith(suffix)
                && column.get(3).equals(LISTENING);
        return listens ? Optional.of("socket:[" + column.get(9) + "]") : Optional.empty();
    }

    private static Optional<String> ownerOf(String socket) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    String name = String.join("", lines(process.resolve("comm")));
                    return Optional.of("process " + process.getFileName() + " (" + name + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Somebody else's process, or one that has just ended: it cannot be asked.
            return false;
        }
        return false;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
