package io.godwit.simulator;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real broker that lets everybody in and everything through: one for all tests of a JVM, and it ends with it. */
final class TestBroker {
    private static final String CONFIG = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private static final BrokerAddress ADDRESS = start();

    private TestBroker() {}

    static BrokerAddress address() {
        return ADDRESS;
    }

    private static BrokerAddress start() {
        try {
            int port = freePort();
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "broker");
            Path conf = Files.createDirectories(directory.resolve("conf"));
            Files.writeString(conf.resolve("config.xml"), CONFIG.formatted(port));
            EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(conf)
                    .withDataFolder(Files.createDirectories(directory.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                    .build()
                    .start()
                    .join();
            return new BrokerAddress("127.0.0.1", port, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the broker for tests does not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
