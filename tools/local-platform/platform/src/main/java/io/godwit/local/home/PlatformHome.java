package io.godwit.local.home;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that one local platform lives in, readable by its owner only. */
public record PlatformHome(Path root) {
    /** Below this the databases would stop in the middle of their work. */
    static final long LEAST_FREE_BYTES = 1_000_000_000L;

    /**
     * Makes the folder where it is missing, and looks whether a platform can live in it.
     *
     * @throws PlatformException it belongs to somebody else, or cannot be written
     */
    public static PlatformHome open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            String owner = Files.getOwner(root).getName();
            String self = Files.getOwner(Path.of("/proc/self")).getName();
            if (!owner.equals(self)) {
                throw new PlatformException(
                        "The folder " + root + " belongs to " + owner + ", but this is " + self + ".",
                        "Run as " + owner + ", or choose another folder with GODWIT_HOME.");
            }
            return new PlatformHome(root);
        } catch (FileSystemException e) {
            throw new PlatformException(
                    "The folder " + root + " cannot be used: " + e.getMessage() + ".",
                    "Make it writable for you, or choose another folder with GODWIT_HOME.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes sure that databases can start in it.
     *
     * @throws PlatformException its disk is full
     */
    public void requireSpace() {
        try {
            requireSpace(root, Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireSpace(Path root, long freeBytes) {
        if (freeBytes < LEAST_FREE_BYTES) {
            throw new PlatformException(
                    "The disk under " + root + " has " + freeBytes / 1_000_000 + " MB left; the local platform needs "
                            + LEAST_FREE_BYTES / 1_000_000 + " MB.",
                    "Free some space, or choose a folder on another disk with GODWIT_HOME.");
        }
    }

    /** A folder in it, made where it is missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file in it, which need not exist. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** Where a component writes what it has to say. */
    public Path log(String component) {
        return folder("logs").resolve(component + ".log");
    }
}
