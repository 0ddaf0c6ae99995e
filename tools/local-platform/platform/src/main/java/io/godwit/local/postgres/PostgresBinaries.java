package io.godwit.local.postgres;

import static java.util.Objects.requireNonNull;

import io.godwit.local.access.PlatformException;
import io.godwit.local.bundle.CachedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, as published for this machine's processor. */
record PostgresBinaries(Path folder) {
    /** Lays them out below {@code cache}, unless they lie there. */
    static PostgresBinaries in(Path cache) {
        String archive = "/postgres-linux-" + processor() + ".txz";
        try (InputStream in = requireNonNull(
                PostgresBinaries.class.getResourceAsStream(archive), archive + " is not on the class path")) {
            byte[] packed = in.readAllBytes();
            String name = "postgres-" + version();
            return new PostgresBinaries(
                    CachedFiles.of(cache, name, CachedFiles.digest(packed), target -> unpack(packed, target)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like "18.6.0". */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = requireNonNull(
                PostgresBinaries.class.getResourceAsStream("/godwit/node/postgres/node.properties"),
                "node.properties is missing")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requireNonNull(properties.getProperty("version"), "version is missing");
    }

    /** The path of one program. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static String processor() {
        String processor = System.getProperty("os.arch");
        return switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default ->
                throw new PlatformException(
                        "There is no PostgreSQL here for a processor of the kind " + processor + ".",
                        "Use a Linux machine with an x86-64 or 64-bit ARM processor.");
        };
    }

    private static void unpack(byte[] packed, Path target) {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = entry.resolveIn(target);
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(requireNonNull(file.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean runs = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
