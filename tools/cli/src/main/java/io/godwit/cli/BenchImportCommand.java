package io.godwit.cli;

import io.godwit.cli.bench.stock.ImportBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.scenario.Carrier;
import io.godwit.local.PlatformSettings;
import io.godwit.protocol.TenantId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "A carrier's subscriptions, imported by REST into the SM-DP's stock: how many a second, processor time and memory;",
            "then once more with kill -9 of both services in the middle. Exit status 0 only if each is in stock once."
        })
final class BenchImportCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final int MOST_OCTETS = 60_000;

    @Option(
            names = "--subscriptions",
            defaultValue = "100000",
            description = "How many in the first run (default ${DEFAULT-VALUE}).")
    private int subscriptions = 100_000;

    @Option(
            names = "--with-kills",
            defaultValue = "20000",
            description = "How many in the run with kills; 0: none (default ${DEFAULT-VALUE}).")
    private int withKills = 20_000;

    @Option(
            names = "--octets",
            defaultValue = "0",
            description = "About how large the template is; 0: as small as it can be (default ${DEFAULT-VALUE}).")
    private int octets;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-import).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-import");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        new Bounds(spec.commandLine())
                .within("--subscriptions", subscriptions, 1, MOST)
                .within("--with-kills", withKills, 0, MOST)
                .within("--octets", octets, 0, MOST_OCTETS);
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            Operator.of(installation, Demo.TENANT);
            ImportBench bench = new ImportBench(
                    installation,
                    Operator.ofProfiles(installation, Demo.TENANT, Carrier.OPERATOR),
                    new TenantId(Demo.TENANT),
                    spec.commandLine().getOut());
            boolean whole = bench.run(subscriptions, octets, false);
            return whole && (withKills == 0 || bench.run(withKills, octets, true)) ? 0 : 1;
        }
    }
}
