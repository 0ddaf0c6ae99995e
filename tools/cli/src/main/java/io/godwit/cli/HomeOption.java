package io.godwit.cli;

import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the platform keeps its data; shared by all commands that touch it. */
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder of the platform's data, logs and passwords; GODWIT_HOME or ~/.godwit/local otherwise.")
    @Nullable
    Path home;

    /** How another command is told the same folder; empty where it finds it by itself. */
    String forOthers() {
        return home == null ? "" : " --home " + home.toAbsolutePath();
    }

    PlatformSettings settings() {
        return home == null ? PlatformSettings.ofUser() : PlatformSettings.in(home.toAbsolutePath());
    }
}
