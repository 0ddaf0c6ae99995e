package io.godwit.cli.scenario;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and connections this process and its children may have open ({@code ulimit -n}). */
public final class OpenFiles {
    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** As the kernel says; {@link Long#MAX_VALUE} for no limit. */
    public static long limit() {
        try {
            return in(Files.readAllLines(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a sentence for people.
     *
     * @throws PlatformException so many are not allowed
     */
    public static String require(long needed, long limit) {
        if (limit < needed) {
            throw new PlatformException(
                    "ulimit -n is " + limit + ", and " + needed + " open files are needed.",
                    "Raise it (ulimit -n " + needed + "), or ask for fewer clients.");
        }
        return "ulimit -n is " + (limit == Long.MAX_VALUE ? "unlimited" : limit) + ", " + needed + " are needed";
    }

    static long in(List<String> limits) {
        String soft = limits.stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split("\\s+")[0])
                .findFirst()
                .orElse("unlimited");
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
    }
}
