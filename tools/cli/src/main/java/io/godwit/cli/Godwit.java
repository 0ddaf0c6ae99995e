package io.godwit.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code godwit} command. Exit status 0: done; 1: failed, with a sentence on standard error; 2: called wrongly. */
@Command(
        name = "godwit",
        mixinStandardHelpOptions = true,
        version = "godwit 0.1.0",
        description = "Remote SIM provisioning for IoT over MQTT, on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            EuiccCommand.class,
            PkiCommand.class,
            ProfileCommand.class,
            DemoCommand.class,
            BenchCommand.class
        })
public final class Godwit {
    private Godwit() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Godwit())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    String sentence = FailureSentence.of(failure).orElseThrow(() -> failure);
                    commandLine.getErr().println("godwit: " + sentence);
                    return 1;
                });
    }
}
