package io.godwit.cli;

import io.godwit.cli.profile.ProfileFile;
import io.godwit.cli.profile.Soundness;
import io.godwit.protocol.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit profile verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Prove that a package is read and written again to the same octets, and that a card installs it.",
            "The card is our reading of the format, not a certified one. Exit status 0 only when the package is sound."
        })
final class ProfileVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The package: DER, or its hexadecimal digits.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "One JSON object, whether sound or not.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Soundness soundness = Soundness.of(ProfileFile.read(file));
        boolean sound = soundness instanceof Soundness.Sound;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonWriter.write(soundness.toJson()).toUtf8());
        } else if (sound) {
            out.println(soundness.sentence());
        } else {
            spec.commandLine().getErr().println("godwit: " + file + " is not sound: " + soundness.sentence() + ".");
        }
        out.flush();
        return sound ? 0 : 1;
    }
}
