package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Print a signed token for this machine's registry: the bearer of REST calls.")
final class TokenCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("platform-admin", "operator", "viewer");

    /** A year. */
    private static final int MOST_HOURS = 8_760;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--tenant",
            defaultValue = "demo",
            description = "Whose data the bearer sees (default ${DEFAULT-VALUE}).")
    private String tenant = "demo";

    @Option(names = "--subject", defaultValue = "operator", description = "Who asks; written to the audit log.")
    private String subject = "operator";

    @Option(
            names = "--role",
            split = ",",
            defaultValue = "operator",
            description = "platform-admin, operator or viewer, several with commas (default ${DEFAULT-VALUE}).")
    private List<String> roles = List.of("operator");

    @Option(names = "--hours", defaultValue = "12", description = "How long it is good for (default ${DEFAULT-VALUE}).")
    private int hours = 12;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Bounds bounds = new Bounds(spec.commandLine()).within("--hours", hours, 1, MOST_HOURS);
        if (roles.isEmpty() || !ROLES.containsAll(roles)) {
            throw bounds.refusal("--role", String.join(", ", ROLES) + ", several with commas");
        }
        try (Installation installation = Installation.find(home.settings())) {
            spec.commandLine()
                    .getOut()
                    .println(installation.tokens().token(subject, tenant, roles, Duration.ofHours(hours)));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}
