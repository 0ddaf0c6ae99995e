package io.godwit.cli.scenario;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and connections this process and its children may have open ({@code ulimit -n}). */
public final class OpenFiles {
    private static final Pattern SOFT_LIMIT = Pattern.compile("Max open files\\s+(\\d+|unlimited)");

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
        return limits.stream()
                .map(SOFT_LIMIT::matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .filter(soft -> !soft.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
