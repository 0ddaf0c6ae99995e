package io.godwit.cli;

import io.godwit.cli.platform.Installation;
import io.godwit.local.ComponentStatus;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Print the end of a component's log, or name the logs there are.")
final class LogsCommand implements Callable<Integer> {
    private static final long FOLLOW_MILLIS = 300;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(arity = "0..1", paramLabel = "COMPONENT", description = "As in: godwit status")
    @Nullable
    private String component;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "40",
            description = "How many lines (default ${DEFAULT-VALUE}).")
    private int lines = 40;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is added, until interrupted.")
    private boolean follow;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Bounds unused = new Bounds(spec.commandLine()).within("--lines", lines, 0, Integer.MAX_VALUE);
        PrintWriter out = spec.commandLine().getOut();
        try (Installation installation = Installation.find(home.settings())) {
            if (component == null) {
                for (ComponentStatus each : installation.status().components()) {
                    out.printf("%-24s %s%n", each.name(), installation.log(each.name()));
                }
                out.flush();
                return 0;
            }
            Path log = installation.log(component);
            if (!Files.exists(log)) {
                throw new PlatformException(
                        "There is no log of " + component + " at " + log + ".", "godwit logs names those there are.");
            }
            print(log, out);
            return 0;
        }
    }

    private void print(Path log, PrintWriter out) throws IOException, InterruptedException {
        List<String> all = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
        out.flush();
        long at = Files.size(log);
        while (follow) {
            Thread.sleep(FOLLOW_MILLIS);
            long size = Files.size(log);
            if (size > at) {
                try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                    file.seek(at);
                    byte[] added = new byte[(int) (size - at)];
                    file.readFully(added);
                    out.print(new String(added, StandardCharsets.UTF_8));
                    out.flush();
                }
            }
            at = size;
        }
    }
}
