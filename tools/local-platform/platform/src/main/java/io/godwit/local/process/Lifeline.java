package io.godwit.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a child when its owner ends, even by SIGKILL: a shell that reads from the owner, and when nothing more can come, tells the child to stop.
 */
final class Lifeline {
    private static final String RELEASE = "release";
    private static final String UNLESS_RELEASED = "read -r word; [ \"$word\" = " + RELEASE + " ] && exit; ";

    private Lifeline() {}

    /** Ties a child to this JVM: it is told to stop. Completes when the child has ended and is untied, lest a later process of its number be hit. */
    static CompletableFuture<Void> stopping(Process child, StopSignal signal) {
        return tie(
                child, List.of("sh", "-c", UNLESS_RELEASED + "kill -$1 $0", Long.toString(child.pid()), signal.name()));
    }

    /** Likewise, but the child is killed, and a folder deleted with all that is in it. */
    static CompletableFuture<Void> wiping(Process child, Path folder) {
        // The children of the child notice its death by themselves, after a moment; they may write until then.
        String script = UNLESS_RELEASED + "kill -KILL $0; sleep 2; rm -rf \"$1\"";
        return tie(child, List.of("sh", "-c", script, Long.toString(child.pid()), folder.toString()));
    }

    private static CompletableFuture<Void> tie(Process child, List<String> shellCommand) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(shellCommand);
        try {
            Process shell = new ProcessBuilder(command)
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
