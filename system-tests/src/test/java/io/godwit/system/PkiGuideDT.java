package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/guides/pki.md as they stand there, one after the other, and looks for the files it names. */
class PkiGuideDT {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void everyCommandOfTheGuideWorks() throws Exception {
        String guide = Checkout.read("docs/guides/pki.md");
        List<String> commands = Pattern.compile("```sh\n(.+?)\n```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertEquals(8, commands.size());
        for (String command : commands) {
            run(command);
        }
        List<String> named = Pattern.compile("`((?:tenants/|tls-|mqtt-)[a-z0-9/-]+\\.[a-z0-9.]+)`")
                .matcher(guide)
                .results()
                .map(name -> name.group(1))
                .toList();
        assertEquals(6, named.size());
        for (String name : named) {
            assertTrue(Files.exists(folder.resolve("pki").resolve(name)), name + " is not there");
        }
    }

    private void run(String command) throws IOException, InterruptedException {
        // The guide's paths are those of a folder of one's own, the launcher's is the checkout.
        String here = command.replaceFirst(
                "^\\./godwit", Checkout.ROOT.resolve("godwit").toString());
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", here)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        // The build is what is being tested: it has just been made.
        builder.environment().put("GODWIT_BUILD", "never");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command + ": " + text);
    }
}
