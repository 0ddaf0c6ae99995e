package io.godwit.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ports the processes of a user have chosen. From the choice of a port to the moment when a component listens on it
 * seconds pass, in which it is free for everybody who looks: two platforms that start side by side would choose the same.
 *
 * <p>A claim is a lock on one octet of a file and ends with the process that made it, however that ends.
 */
final class PortClaims {
    private static @Nullable PortClaims ofUser;

    private final FileChannel channel;

    private PortClaims(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims {@code port} among all processes of this user. The file stays open: the first channel that closes on it would end all
     * claims. Where it cannot be opened, because it is somebody else's for example, no platform is kept from starting for that.
     */
    static synchronized boolean claimForUser(int port) {
        if (ofUser == null) {
            try {
                ofUser = in(Path.of(
                        System.getProperty("java.io.tmpdir"), "godwit-ports-" + System.getProperty("user.name")));
            } catch (UncheckedIOException e) {
                return true;
            }
        }
        return ofUser.claim(port);
    }

    /** Those that are kept in {@code file}. */
    static PortClaims in(Path file) {
        try {
            return new PortClaims(FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Claims {@code port} for this process until it ends; false where it has been claimed already, by this one or another. */
    boolean claim(int port) {
        try {
            return channel.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
