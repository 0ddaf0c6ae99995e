package io.godwit.cli;

import io.godwit.cli.profile.Personalising;
import io.godwit.cli.profile.ProfileFile;
import io.godwit.gsma.profile.ProfilePackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit profile personalise}. */
@Command(
        name = "personalise",
        mixinStandardHelpOptions = true,
        description = {
            "Put a subscription into a template, and prove that a card would have it as wanted.",
            "What is written holds the subscription's secrets; its owner alone may read it."
        })
final class ProfilePersonaliseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TEMPLATE", description = "The template: DER, or its hexadecimal digits.")
    private Path file = Path.of("");

    @Option(
            names = "--subscription",
            paramLabel = "FILE",
            required = true,
            description = "The subscription data, JSON: iccid, imsi, aka, pins, puks, mnoSd.")
    private Path subscription = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Write the package there; nothing is overwritten.")
    private Path output = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProfilePackage profile = Personalising.of(ProfileFile.read(file), subscription);
        ProfileFile.write(output, profile.encode());
        PrintWriter out = spec.commandLine().getOut();
        out.println(output);
        out.flush();
        return 0;
    }
}
