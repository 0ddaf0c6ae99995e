package io.godwit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit profile}. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Profile packages: look into one, prove that it is sound, make templates and personalise them.",
        subcommands = {
            ProfileInspectCommand.class,
            ProfileVerifyCommand.class,
            ProfileTemplateCommand.class,
            ProfilePersonaliseCommand.class
        })
final class ProfileCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }
}
