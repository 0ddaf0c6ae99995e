package io.godwit.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a child JVM, run by the same Java as this one. */
public final class Jvm {
    private Jvm() {}

    /** The command that runs {@code program}: options, then for example {@code -cp x Main} or {@code -jar x.jar}. */
    public static List<String> command(List<String> options, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A JVM that lacks memory answers some and not others; one that is gone is seen and restarted.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(options);
        command.addAll(program);
        return command;
    }
}
