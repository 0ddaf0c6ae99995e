package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The shell commands of a page in {@code docs/guides}, run as they stand there; skipped, aloud, where there is no curl. */
final class Guide {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private Guide() {}

    /**
     * Runs all blocks but the first, which asks the local platform for what the test gives.
     *
     * @return what they printed
     */
    static String run(String page, Path home, URI registry, String token) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                new ProcessBuilder("bash", "-c", "curl --help all | grep -q fail-with-body")
                                .start()
                                .waitFor()
                        == 0,
                "no curl of 7.76 or newer: install it (Debian: curl), and the guide's commands are tested");
        Path output = home.resolve("output");
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands(page))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().put("REGISTRY", registry.toString().replaceFirst("/$", ""));
        bash.environment().put("TOKEN", token);
        assertEquals(0, bash.start().waitFor(), () -> read(output));
        return read(output);
    }

    private static String commands(String page) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "guides", page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertTrue(blocks.get(0).startsWith("export REGISTRY="), blocks.get(0));
        return String.join("\n", blocks.subList(1, blocks.size()));
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
