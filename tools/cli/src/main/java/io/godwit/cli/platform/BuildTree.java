package io.godwit.cli.platform;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The checked-out and built project: where the deployables lie.
 *
 * @param root the folder that holds the launcher
 */
public record BuildTree(Path root) {
    private static final String PROPERTY = "godwit.root";

    /** The tree that the launcher named. */
    public static BuildTree ofLauncher() {
        return new BuildTree(
                Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
    }

    /** What a Quarkus module's build made. */
    public Path serviceJar(String module) {
        return built(root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** The extension that benchmarks compare with. */
    public Path acknowledgeOnlyZip() {
        return built(root.resolve("tools/acknowledge-only-extension/target/godwit-acknowledge-only-extension.zip"));
    }

    /** The extension that has the other ways to reach a group. */
    public Path fanOutZip() {
        return built(root.resolve("tools/fan-out-extension/target/godwit-fan-out-extension.zip"));
    }

    /**
     * The packaged HiveMQ extension.
     *
     * @throws PlatformException when it has not been built
     */
    public Path extensionZip() {
        Path target = root.resolve("broker-extension/target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                return files.filter(file -> file.getFileName().toString().matches("godwit-broker-extension-.*\\.zip"))
                        .findFirst()
                        .orElseThrow(() -> missing(target.resolve("godwit-broker-extension-*.zip")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw missing(target);
    }

    private static Path built(Path file) {
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        return file;
    }

    private static PlatformException missing(Path file) {
        return new PlatformException("The build has not made " + file + ".", "Run: mvn -DskipTests package");
    }
}
