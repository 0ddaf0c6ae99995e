package io.godwit.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one component: a new file for each start, a few older ones kept beside it as {@code .1}, {@code .2} and so on. */
public record LogFile(Path path) {
    private static final int KEPT = 4;

    void rotate() {
        try {
            for (int age = KEPT; age > 0; age--) {
                Path younger = age == 1 ? path : aged(age - 1);
                if (Files.exists(younger)) {
                    Files.move(younger, aged(age), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the present run has written so far. */
    public String text() {
        try {
            return Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLines(int count) {
        List<String> lines = text().lines().toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    private Path aged(int age) {
        return path.resolveSibling(path.getFileName() + "." + age);
    }
}
