package io.godwit.cli;

import io.godwit.cli.bench.download.DownloadCryptoBench;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench download-crypto}. */
@Command(
        name = "download-crypto",
        mixinStandardHelpOptions = true,
        description =
                "What the servers' cryptography of a profile download costs, over the primitives that nobody can do"
                        + " without; one thread, no platform.")
final class BenchDownloadCryptoCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 60;
    private static final int LEAST_OCTETS = 1_000;
    private static final int MOST_OCTETS = 60_000;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "For each operation, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private int seconds = 2;

    @Option(
            names = "--octets",
            defaultValue = "12288",
            description = "About how large the profile package is (default ${DEFAULT-VALUE}).")
    private int octets = 12_288;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Bounds bounds = new Bounds(spec.commandLine());
        bounds.within("--seconds", seconds, 1, MOST_SECONDS);
        bounds.within("--octets", octets, LEAST_OCTETS, MOST_OCTETS);
        PrintWriter out = spec.commandLine().getOut();
        DownloadCryptoBench.Figures figures = DownloadCryptoBench.run(Duration.ofSeconds(seconds), octets);
        out.printf(
                Locale.ROOT,
                "Package of %,d octets, four packets of %,d; curves by %s%n",
                figures.packageOctets(),
                figures.sentOctets(),
                figures.provider());
        line(out, "servers, a card", figures.servers());
        line(out, "verify", figures.verify());
        line(out, "key pair", figures.keyPair());
        line(out, "agree", figures.agree());
        line(out, "sign", figures.sign());
        line(out, "AES once over the package", figures.cipher());
        line(out, "bound: one of each, four of AES", figures.bound());
        out.printf(Locale.ROOT, "%-34s %10.2f%n", "servers / bound", figures.ratio());
        out.flush();
        return 0;
    }

    private static void line(PrintWriter out, String what, double micros) {
        out.printf(Locale.ROOT, "%-34s %10.1f us%n", what, micros);
    }
}
