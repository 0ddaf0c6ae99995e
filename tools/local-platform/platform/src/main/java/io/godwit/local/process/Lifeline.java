package io.godwit.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a child when its owner ends, even by SIGKILL: a shell that reads from the owner, and when nothing more can come, tells the child to stop.
 */
final class Lifeline {
    private static final String RELEASE = "release";

    private Lifeline() {}

    /** Ties a child to this JVM. The line goes with the child, lest it hit a later process of the same number. */
    static CompletableFuture<Void> tie(Process child, StopSignal signal) {
        String script = "read -r word; [ \"$word\" = " + RELEASE + " ] || kill -" + signal + " " + child.pid();
        try {
            Process shell = new ProcessBuilder("setsid", "sh", "-c", script)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return child.onExit().thenRun(() -> untie(shell));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void untie(Process shell) {
        try (Writer writer = shell.outputWriter(StandardCharsets.US_ASCII)) {
            writer.write(RELEASE + "\n");
        } catch (IOException e) {
            // The shell has gone already, which is what was wanted.
            shell.destroy();
        }
    }
}
