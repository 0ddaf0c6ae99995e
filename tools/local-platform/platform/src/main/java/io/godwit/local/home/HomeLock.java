package io.godwit.local.home;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets one start or stop at a time work on a home, in this JVM and in others. */
public final class HomeLock {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private HomeLock() {}

    /**
     * Does something while nobody else starts or stops anything in this home; waits for others up to two minutes.
     *
     * @throws PlatformException another start or stop does not end
     */
    public static <T> T holding(PlatformHome home, Supplier<T> work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (FileChannel channel =
                FileChannel.open(home.file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (System.nanoTime() < deadline) {
                try (FileLock lock = tryLock(channel)) {
                    if (lock != null) {
                        return work.get();
                    }
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PlatformException(
                "Another start or stop of the local platform in " + home.root() + " is under way.",
                "Wait until it has ended, then try again.");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
