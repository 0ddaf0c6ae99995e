package io.godwit.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands as documents show them, in the checkout's folder, with a platform of their own in {@code home}. */
record Commands(Path home) {
    /** What a command ended with; {@code text} is all that it printed, its errors too. */
    record Said(int status, String text) {
        /** The printed command with that option, without what stands before it. */
        String line(String command, String option) {
            return text.lines()
                    .filter(line -> line.contains(command + " ") && line.contains(" " + option + " "))
                    .map(line -> line.substring(line.indexOf(command)))
                    .findFirst()
                    .orElseThrow();
        }

        String lastLine() {
            return text.lines().reduce("", (before, line) -> line);
        }
    }

    Said run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(Checkout.ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("GODWIT_HOME", home.toString());
        // The build is what is being tested: it has just been made.
        builder.environment().put("GODWIT_BUILD", "never");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(text);
        return new Said(process.waitFor(), text);
    }
}
