package io.godwit.system;

import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole product, started once for all system tests and stopped behind the last of them; a test asks for it by a
 * parameter of type {@link Installation}. Its data and logs stay in {@code target/platform}.
 */
final class RunningPlatform implements ParameterResolver {
    private record Started(Installation installation) implements AutoCloseable {
        @Override
        public void close() {
            installation.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningPlatform.class))
                .computeIfAbsent(Started.class, key -> start(), Started.class)
                .installation();
    }

    private static Started start() {
        PlatformSettings settings =
                PlatformSettings.in(Path.of("target/platform").toAbsolutePath()).owned();
        Installation installation = Installation.open(settings, new BuildTree(Checkout.ROOT), 2);
        installation.start();
        return new Started(installation);
    }
}
