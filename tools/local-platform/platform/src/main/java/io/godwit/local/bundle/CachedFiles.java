package io.godwit.local.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Folders that are filled once and never changed, shared by all homes of a user. They appear whole or not at all. */
public final class CachedFiles {
    private CachedFiles() {}

    /** The folder of this name and content; {@code fill} is called with an empty folder where it is missing. */
    public static Path of(Path cache, String name, String fingerprint, Consumer<Path> fill) {
        Path wanted = cache.toAbsolutePath().resolve(name + "-" + fingerprint);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        try {
            Files.createDirectories(requireNonNull(wanted.getParent()));
            Path growing = Files.createTempDirectory(requireNonNull(wanted.getParent()), "growing-");
            fill.accept(growing);
            try {
                Files.move(growing, wanted, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                // Somebody else was quicker, and has made the same.
                delete(growing);
            }
            return wanted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A short name for a content. */
    static String digest(String content) {
        return digest(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A short name for a content. */
    public static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
