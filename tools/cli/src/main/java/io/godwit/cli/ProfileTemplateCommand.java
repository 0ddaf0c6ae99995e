package io.godwit.cli;

import io.godwit.cli.profile.ProfileFile;
import io.godwit.cli.profile.TemplateText;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.protocol.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit profile template}. */
@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = {
            "Look whether a package is a template: one that holds no secret and may be sent to a whole group.",
            "Exit status 1, and each place where a secret is or could be, when it is none."
        })
final class ProfileTemplateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The package: DER, or its hexadecimal digits.")
    private Path file = Path.of("");

    @Option(names = "--blank", description = "Take the secrets out first, and ICCID and IMSI with them.")
    private boolean blank;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the template there; nothing is overwritten.")
    @Nullable
    private Path output;

    @Option(names = "--json", description = "One JSON object, whether a template or not.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProfileFile read = ProfileFile.read(file);
        ProfileTemplate.Examination examination =
                blank ? ProfileTemplate.blank(read.toPackage()) : ProfileTemplate.of(read.octets());
        if (examination instanceof ProfileTemplate.Unreadable unreadable) {
            throw read.unreadable(unreadable.fault());
        }
        boolean sound = examination instanceof ProfileTemplate.Sound;
        if (examination instanceof ProfileTemplate.Sound found && output != null) {
            ProfileFile.write(output, found.template().encode());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonWriter.write(TemplateText.json(examination)).toUtf8());
        } else if (sound) {
            out.print(TemplateText.lines(examination));
        } else {
            PrintWriter err = spec.commandLine().getErr();
            err.println("godwit: " + file + " is no template. A secret is, or could be unseen, at:");
            err.print(TemplateText.lines(examination));
            err.flush();
        }
        out.flush();
        return sound ? 0 : 1;
    }
}
