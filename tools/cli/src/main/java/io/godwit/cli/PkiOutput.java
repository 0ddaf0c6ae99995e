package io.godwit.cli;

import io.godwit.cli.pki.Issuing;
import io.godwit.cli.pki.PkiFile;
import io.godwit.cli.pki.PkiFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a {@code pki} command writes to, and for how long what it issues holds. */
final class PkiOutput {
    private static final int MOST_YEARS = 40;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder; nothing in it is overwritten.")
    private Path out = Path.of("");

    @Option(
            names = "--years",
            defaultValue = "10",
            description = "For how long the certificates hold (default ${DEFAULT-VALUE}).")
    private int years = 10;

    PkiFolder folder() {
        return new PkiFolder(out);
    }

    Issuing issuing(CommandLine command) {
        new Bounds(command).within("--years", years, 1, MOST_YEARS);
        return new Issuing(new SecureRandom(), Instant.now(), years);
    }

    /** Writes and says what. */
    int write(List<PkiFile> files, CommandLine command) throws IOException {
        PrintWriter out = command.getOut();
        folder().write(files).forEach(out::println);
        out.flush();
        return 0;
    }
}
