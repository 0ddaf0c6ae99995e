package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop everything cleanly; the data stays for the next up.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Installation installation = Installation.find(home.settings())) {
            List<String> stopped = installation.stop();
            out.println(stopped.isEmpty() ? "Nothing was running." : "Stopped " + String.join(", ", stopped) + ".");
            out.flush();
            return 0;
        }
    }
}
