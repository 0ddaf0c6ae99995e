package io.godwit.local.postgres;

import io.godwit.local.access.PlatformException;
import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.home.PropertyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL's data folder: made once, configured anew before each start. */
final class PostgresFolder {
    private final Path base;
    private final Path data;

    /** In this folder. */
    PostgresFolder(Path base) {
        this.base = base;
        this.data = base.resolve("data");
    }

    Path data() {
        return data;
    }

    /**
     * Makes the cluster of databases where there is none yet.
     *
     * @throws PlatformException there is one, of another major version
     */
    void make(PostgresBinaries binaries, String administrator, String password, boolean durable) {
        String major = PostgresBinaries.version().replaceFirst("\\..*", "");
        try {
            if (Files.exists(data.resolve("PG_VERSION"))) {
                String found = Files.readString(data.resolve("PG_VERSION")).trim();
                if (!found.equals(major)) {
                    throw new PlatformException(
                            "The data in " + data + " is of PostgreSQL " + found + "; this build brings " + major + ".",
                            "Use the build of Godwit that wrote it, or choose another folder with GODWIT_HOME.");
                }
                return;
            }
            Path growing = base.resolve("data.new");
            CachedFiles.delete(growing);
            initialise(binaries, growing, administrator, password, durable);
            CachedFiles.delete(data);
            Files.move(growing, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void configure(int port, boolean durable) {
        String safety = durable ? "on" : "off";
        // Quotes in values are PostgreSQL's.
        PropertyFile.write(
                data.resolve("postgresql.conf"),
                Map.ofEntries(
                        Map.entry("listen_addresses", "'127.0.0.1'"),
                        Map.entry("port", Integer.toString(port)),
                        Map.entry("unix_socket_directories", "''"),
                        Map.entry("max_connections", "100"),
                        Map.entry("shared_buffers", "'128MB'"),
                        // Tables grow from nothing to thousands of rows within a minute here: plans need figures
                        // sooner.
                        Map.entry("autovacuum_naptime", "'5s'"),
                        Map.entry("fsync", safety),
                        Map.entry("synchronous_commit", safety),
                        Map.entry("full_page_writes", safety),
                        Map.entry("password_encryption", "'scram-sha-256'"),
                        Map.entry("timezone", "'UTC'"),
                        Map.entry("log_timezone", "'UTC'")));
        try {
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the mark of a run that was killed, when its number belongs to some other program now: PostgreSQL would wait for that one. */
    void forgetDeadServer() {
        Path mark = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(mark)) {
                return;
            }
            List<String> lines = Files.readAllLines(mark);
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).trim());
            boolean server = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("/postgres"))
                    .isPresent();
            if (!server) {
                Files.delete(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void initialise(
            PostgresBinaries binaries, Path folder, String administrator, String password, boolean durable)
            throws IOException {
        Path passwordFile = Files.createTempFile(
                "godwit", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            List<String> command = new ArrayList<>(UserNamespace.wrapIfRoot(binaries.program("initdb")));
            command.addAll(List.of("-D", folder.toString(), "-U", administrator, "--pwfile", passwordFile.toString()));
            command.addAll(List.of("--auth", "scram-sha-256", "-E", "UTF8"));
            // Sorting by code point: the same on every machine, whatever languages it has.
            command.addAll(List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"));
            if (!durable) {
                command.add("--no-sync");
            }
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new PlatformException(
                        "PostgreSQL could not make its data folder:\n" + said, UserNamespace.REMEDY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The start was interrupted.", "Start again.", e);
        } finally {
            Files.delete(passwordFile);
        }
    }
}
