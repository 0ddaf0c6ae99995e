package io.godwit.local.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java program that travels as files inside a jar of ours (or a folder of classes, in a build that has not packaged it yet), so that its
 * class path never meets ours.
 *
 * @param name its folder below {@code godwit/node} in that jar
 * @param mainClass what to run; when it is ours, it lies in the same jar
 */
public record NodeBundle(String name, String mainClass) {
    /** The version of the program inside. */
    public String version() {
        Properties properties = new Properties();
        try (InputStream in = marker().openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requireNonNull(properties.getProperty("version"), "version is missing");
    }

    /** Lays the program out as files below {@code cache}, unless it lies there, and says the class path and main class to run. */
    public List<String> program(Path cache) {
        Path files = CachedFiles.of(cache, name + "-" + version(), fingerprint(), this::copy);
        String libraries = files.resolve("godwit/node").resolve(name).resolve("lib") + "/*";
        return List.of("-cp", libraries + ":" + files, mainClass);
    }

    private String fingerprint() {
        StringBuilder seen = new StringBuilder();
        eachFile((source, relative) -> seen.append(relative)
                .append(':')
                .append(Files.size(source))
                .append(relative.endsWith(".class") ? CachedFiles.digest(Files.readAllBytes(source)) : "")
                .append('\n'));
        return CachedFiles.digest(seen.toString());
    }

    private void copy(Path target) {
        eachFile((source, relative) -> {
            Path file = target.resolve(relative);
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.copy(source, file);
        });
    }

    private void eachFile(FileAction action) {
        String url = marker().toString();
        String place = "godwit/node/" + name + "/node.properties";
        try {
            if (url.startsWith("jar:")) {
                Path jar = Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    walk(inside.getPath("/"), action);
                }
            } else {
                Path marker = Path.of(marker().toURI());
                walk(Path.of(marker.toString().substring(0, marker.toString().length() - place.length())), action);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A resource lies at no URI", e);
        }
    }

    /** The node's own folder, and the folder of its main class if that lies here too. */
    private void walk(Path root, FileAction action) throws IOException {
        String mainFolder = mainClass.substring(0, mainClass.lastIndexOf('.')).replace('.', '/');
        for (Path start : List.of(root.resolve("godwit/node").resolve(name), root.resolve(mainFolder))) {
            if (Files.isDirectory(start)) {
                try (Stream<Path> files = Files.walk(start)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        action.on(file, root.relativize(file).toString());
                    }
                }
            }
        }
    }

    private URL marker() {
        return requireNonNull(
                NodeBundle.class.getResource("/godwit/node/" + name + "/node.properties"),
                "godwit-" + name + "-node is not on the class path");
    }

    private interface FileAction {
        void on(Path source, String relative) throws IOException;
    }
}
