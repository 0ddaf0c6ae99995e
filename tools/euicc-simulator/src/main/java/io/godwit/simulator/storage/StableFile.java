package io.godwit.simulator.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
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

/**
 * A file that holds what was saved last, whole, whatever kills the process; only its owner may read it. Used by one thread
 * at a time.
 */
public final class StableFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** What a saved file has to survive. */
    public enum Durability {
        /** The end of this process. */
        PROCESS,
        /** The end of this machine's power, too: the disk is waited for. */
        POWER
    }

    private final Path file;
    private final Path draft;
    private final Durability durability;

    public StableFile(Path file, Durability durability) {
        this.file = requireNonNull(file, "file is null");
        this.draft = file.resolveSibling(file.getFileName() + ".draft");
        this.durability = requireNonNull(durability, "durability is null");
    }

    /** A directory that only its owner may look into, made when there is none. */
    public static Path privateDirectory(Path directory) throws IOException {
        return Files.createDirectories(directory, onlyOwner("rwx------"));
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** @throws IOException when the disk does not do it; what was saved before is still there */
    public void save(Octets content) throws IOException {
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), onlyOwner("rw-------"))) {
            ByteBuffer buffer = ByteBuffer.wrap(content.toBytes());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durability == Durability.POWER) {
                channel.force(true);
            }
        }
        Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
        if (durability == Durability.POWER) {
            syncDirectory();
        }
    }

    /** What was saved last; empty before that. */
    public Optional<Octets> load() throws IOException {
        try {
            return Optional.of(Octets.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Without it the new name may be forgotten though the content is safe. */
    private void syncDirectory() throws IOException {
        Path directory = requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
