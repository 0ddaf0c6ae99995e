package io.godwit.fanout;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * Lets everybody in who says a name. What the client {@code trigger} publishes to {@code fan-out/<n>} goes to the clients
 * {@code member-0} to {@code member-<n-1>}, in the way that the property {@code variant} names: {@code bare}, {@code loop}
 * or {@code group}; {@code sizes} are the {@code n} that will be asked for. For benchmarks on 127.0.0.1 and for nothing else.
 */
public final class FanOutMain implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Properties properties;
        try {
            properties = properties(
                    input.getExtensionInformation().getExtensionHomeFolder().toPath());
        } catch (IOException e) {
            output.preventExtensionStartup("conf/godwit.properties cannot be read: " + e.getMessage());
            return;
        }
        SimpleAuthenticator named = (connect, decision) -> {
            if (connect.getConnectPacket().getUserName().isPresent()) {
                decision.authenticateSuccessfully();
            } else {
                decision.failAuthentication();
            }
        };
        Services.securityRegistry().setAuthenticatorProvider(provider -> named);
        switch (properties.getProperty("variant", "")) {
            // Subscriptions and publishes as MQTT has them; this extension has no part in it.
            case "bare" -> {}
            case "loop" -> Services.initializerRegistry().setClientInitializer(new ClientByClient());
            case "group" -> Services.initializerRegistry().setClientInitializer(new GroupTopic(sizes(properties)));
            default -> output.preventExtensionStartup("variant: use bare, loop or group");
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // holds nothing
    }

    private static List<Integer> sizes(Properties properties) {
        return Arrays.stream(properties.getProperty("sizes", "").split(","))
                .map(Integer::valueOf)
                .toList();
    }

    private static Properties properties(Path home) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("conf").resolve("godwit.properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
