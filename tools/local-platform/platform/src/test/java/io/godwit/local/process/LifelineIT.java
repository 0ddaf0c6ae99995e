package io.godwit.local.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LifelineIT {
    @TempDir
    Path folder;

    @Test
    void aKilledOwnerTakesItsChildrenAndTheirFolderWithIt() throws Exception {
        Path doomed = Files.createDirectories(folder.resolve("home with blank"));
        Process owner = new ProcessBuilder(Jvm.command(
                        List.of(),
                        List.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                Owner.class.getName(),
                                doomed.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = owner.inputReader(StandardCharsets.US_ASCII)) {
            long stopped = Long.parseLong(said.readLine());
            long killed = Long.parseLong(said.readLine());
            assertTrue(KernelProcess.of(stopped).isPresent()
                    && KernelProcess.of(killed).isPresent());

            owner.destroyForcibly();

            assertTrue(Patience.until(() -> KernelProcess.of(stopped).isEmpty(), Duration.ofSeconds(20)));
            assertTrue(Patience.until(() -> KernelProcess.of(killed).isEmpty(), Duration.ofSeconds(20)));
            assertTrue(Patience.until(() -> Files.notExists(doomed), Duration.ofSeconds(20)));
        }
    }

    /** A JVM with two children that waits to be killed. */
    static final class Owner {
        private Owner() {}

        /** Prints the children's process ids. */
        public static void main(String[] arguments) throws IOException {
            Process first = new ProcessBuilder("sleep", "300").start();
            Process second = new ProcessBuilder("sleep", "300").start();
            List<CompletableFuture<?>> ends =
                    List.of(Lifeline.stopping(first, StopSignal.TERM), Lifeline.wiping(second, Path.of(arguments[0])));
            System.out.println(first.pid());
            System.out.println(second.pid());
            ends.forEach(CompletableFuture::join);
        }
    }
}
