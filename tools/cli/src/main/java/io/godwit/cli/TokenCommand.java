package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import io.godwit.protocol.ProfileOwner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private static final String OWNER = "profile-owner";
    private static final List<String> ROLES = List.of("platform-admin", "operator", "viewer", OWNER);

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
            description =
                    "platform-admin, operator, viewer or profile-owner, several with commas (default ${DEFAULT-VALUE}).")
    private List<String> roles = List.of("operator");

    @Option(
            names = "--profile-owner",
            paramLabel = "OPERATOR",
            description =
                    "For whose profiles the bearer speaks, as their EIS and templates name it; with that role only.")
    private @Nullable String profileOwner;

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
        if (profileOwner == null && roles.contains(OWNER)) {
            throw bounds.refusal("--role", "profile-owner together with --profile-owner OPERATOR");
        }
        if (profileOwner != null
                && (!roles.contains(OWNER) || ProfileOwner.find(profileOwner).isEmpty())) {
            throw bounds.refusal(
                    "--profile-owner", "an operator's name of 1 to 64 characters, together with --role profile-owner");
        }
        try (Installation installation = Installation.find(home.settings())) {
            spec.commandLine()
                    .getOut()
                    .println(installation
                            .tokens()
                            .token(subject, tenant, roles, Optional.ofNullable(profileOwner), Duration.ofHours(hours)));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}
