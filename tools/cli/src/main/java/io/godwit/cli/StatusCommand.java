package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import io.godwit.local.ComponentStatus;
import io.godwit.local.PlatformStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Ask every component how it is. Exit status 0 only when all of them are up.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Installation installation = Installation.find(home.settings())) {
            PlatformStatus status = installation.status();
            StatusTable.print(status, installation.usage(), out);
            if (status.components().stream()
                    .anyMatch(
                            one -> one.name().equals(installation.mqttFront()) && one instanceof ComponentStatus.Up)) {
                out.println(installation.mqttFront() + " serves TLS on port "
                        + installation.mqttTls().port() + "; clients trust "
                        + installation.mqttTls().authority());
            }
            out.flush();
            return status.up() ? 0 : 1;
        }
    }
}
