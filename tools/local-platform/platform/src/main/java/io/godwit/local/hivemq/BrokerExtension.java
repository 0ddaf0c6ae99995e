package io.godwit.local.hivemq;

import static java.util.Objects.requireNonNull;

import io.godwit.local.access.PlatformException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The extension that HiveMQ runs with.
 *
 * @param zip as its module packages it: one folder, named by the extension's id
 * @param properties written to {@code conf/godwit.properties} in that folder before each start
 */
public record BrokerExtension(Path zip, Map<String, String> properties) {
    public BrokerExtension {
        requireNonNull(zip, "zip is null");
        properties = Map.copyOf(properties);
    }

    void requireBuilt() {
        if (!Files.isRegularFile(zip)) {
            throw new PlatformException(
                    "The broker extension is not built: there is no " + zip + ".",
                    "Run \"mvn package\" in the folder of the project first.");
        }
    }
}
