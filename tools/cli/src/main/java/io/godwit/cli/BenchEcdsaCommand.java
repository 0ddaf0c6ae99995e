package io.godwit.cli;

import io.godwit.cli.bench.ecdsa.EcdsaBench;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench ecdsa}. */
@Command(
        name = "ecdsa",
        mixinStandardHelpOptions = true,
        description = "What a signature on P-256 costs, by each provider that runs here; one thread.")
final class BenchEcdsaCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 60;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "For each operation, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private int seconds = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        new Bounds(spec.commandLine()).within("--seconds", seconds, 1, MOST_SECONDS);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-36s %10s %10s %16s%n", "microseconds", "sign", "verify", "verify, new key");
        for (EcdsaBench.Figures figures : EcdsaBench.run(Duration.ofSeconds(seconds))) {
            out.printf(
                    Locale.ROOT,
                    "%-36s %10.0f %10.0f %16.0f%n",
                    figures.provider(),
                    figures.sign(),
                    figures.verify(),
                    figures.verifyFresh());
        }
        out.flush();
        return 0;
    }
}
