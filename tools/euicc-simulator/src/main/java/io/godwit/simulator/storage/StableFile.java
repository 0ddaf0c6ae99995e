package io.godwit.simulator.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import io.godwit.protocol.record.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was saved last, whole, whatever kills the process; only its owner may read it. Used by one thread at a time.
 *
 * <p>It is two files that are written by turns, in place: each holds a number, a checksum and the content, and of those that are whole the
 * higher number counts. A draft that takes the place of the file before would be simpler, but there ext4 writes the new content to the disk at
 * once ({@code auto_da_alloc}), which held a thousand simulated devices up for seconds. Nothing is forced to the disk: this does not outlive the
 * machine's power.
 */
public final class StableFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** The number, how many octets follow, and the checksum of all the rest. */
    private static final int HEAD = Long.BYTES + Integer.BYTES + Integer.BYTES;

    private final Path file;
    private final Path twin;
    private final Path draft;

    public StableFile(Path file) {
        this.file = requireNonNull(file, "file is null");
        this.twin = file.resolveSibling(file.getFileName() + ".twin");
        this.draft = file.resolveSibling(file.getFileName() + ".draft");
    }

    private record Saved(Path where, long number, Octets content) {}

    /** A directory that only its owner may look into, made when there is none. */
    public static Path privateDirectory(Path directory) throws IOException {
        return Files.createDirectories(directory, onlyOwner("rwx------"));
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Saves.
     *
     * @throws IOException when the disk does not do it; what was saved before is still there
     * @throws MalformedRecordException when something else has written into the file
     */
    public void save(Octets content) throws IOException {
        Saved last = last();
        if (last != null) {
            write(last.where().equals(twin) ? file : twin, last.number() + 1, content.toBytes());
            return;
        }
        requireUndamaged();
        // The first time there is nothing to fall back to, and nothing whose place it takes.
        write(draft, 1, content.toBytes());
        Files.move(draft, file, ATOMIC_MOVE);
    }

    /**
     * What was saved last; empty before that.
     *
     * @throws MalformedRecordException when something else has written into the file
     */
    public Optional<Octets> load() throws IOException {
        Saved last = last();
        if (last == null) {
            requireUndamaged();
            return Optional.empty();
        }
        return Optional.of(last.content());
    }

    private void requireUndamaged() {
        if (exists()) {
            throw new MalformedRecordException(file.getFileName().toString(), "damaged");
        }
    }

    private @Nullable Saved last() throws IOException {
        Saved one = read(file);
        Saved other = read(twin);
        if (one == null || other == null) {
            // Whoever only reads may have met a save in its middle, while others ended.
            one = newer(one, read(file));
            other = newer(other, read(twin));
        }
        return newer(one, other);
    }

    private static @Nullable Saved newer(@Nullable Saved one, @Nullable Saved other) {
        return one == null || (other != null && other.number() > one.number()) ? other : one;
    }

    private static void write(Path where, long number, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + content.length)
                .putLong(number)
                .putInt(content.length)
                .putInt(checksum(number, content))
                .put(content)
                .flip();
        try (FileChannel channel = FileChannel.open(where, Set.of(CREATE, WRITE), onlyOwner("rw-------"))) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** {@code null} when nothing was saved there, or not all of it. */
    private static @Nullable Saved read(Path where) throws IOException {
        ByteBuffer buffer;
        try {
            buffer = ByteBuffer.wrap(Files.readAllBytes(where));
        } catch (NoSuchFileException absent) {
            return null;
        }
        if (buffer.remaining() < HEAD) {
            return null;
        }
        long number = buffer.getLong();
        int length = buffer.getInt();
        int checksum = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            return null;
        }
        byte[] content = new byte[length];
        buffer.get(content);
        return checksum == checksum(number, content) ? new Saved(where, number, Octets.of(content)) : null;
    }

    private static int checksum(long number, byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        checksum.update(content);
        return (int) checksum.getValue();
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
