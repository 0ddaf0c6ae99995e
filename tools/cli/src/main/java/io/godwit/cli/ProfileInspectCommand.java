package io.godwit.cli;

import io.godwit.cli.profile.PackageText;
import io.godwit.cli.profile.ProfileFile;
import io.godwit.gsma.profile.ProfilePackage;
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

/** {@code godwit profile inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "The elements of a package, and the files, PINs and keys in them.",
            "Keys and codes are told by their names, contents by their lengths. Exit status 1 when it cannot be read."
        })
final class ProfileInspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The package: DER, or its hexadecimal digits.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProfilePackage profile = ProfileFile.read(file).toPackage();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonWriter.write(PackageText.json(profile)).toUtf8());
        } else {
            out.print(PackageText.lines(profile));
        }
        out.flush();
        return 0;
    }
}
