package io.godwit.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The checked-out project, as files. */
final class Checkout {
    static final Path ROOT =
            Path.of(System.getProperty("godwit.root", "..")).toAbsolutePath().normalize();
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".godwit", "node_modules");

    private Checkout() {}

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all Java classes, without their packages. */
    static Set<String> classNames() {
        return files(".java").stream()
                .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All pages, as they are named from the root. */
    static List<String> pages() {
        return files(".md").stream()
                .map(file -> ROOT.relativize(file).toString())
                .toList();
    }

    /** All Java files in that folder, one behind the other. */
    static String sources(String folder) {
        return files(".java").stream()
                .filter(file -> file.startsWith(ROOT.resolve(folder)))
                .map(file -> read(ROOT.relativize(file).toString()))
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> files(String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_SOURCES.contains(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (String.valueOf(file.getFileName()).endsWith(suffix)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }
}
