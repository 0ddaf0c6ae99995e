package io.godwit.simulator;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real broker in this process that lets everybody in and everything through. */
public final class TestBroker implements AutoCloseable {
    private static final String CONFIG = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private final int port;
    private final EmbeddedHiveMQ hivemq;

    private TestBroker(int port, EmbeddedHiveMQ hivemq) {
        this.port = port;
        this.hivemq = hivemq;
    }

    public static TestBroker start(Path directory) throws IOException {
        return start(directory, freePort());
    }

    static TestBroker start(Path directory, int port) throws IOException {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("config.xml"), CONFIG.formatted(port));
        EmbeddedHiveMQ hivemq = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(conf)
                .withDataFolder(Files.createDirectories(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                .build();
        hivemq.start().join();
        return new TestBroker(port, hivemq);
    }

    public BrokerAddress address() {
        return new BrokerAddress("127.0.0.1", port, false);
    }

    @Override
    public void close() throws IOException {
        hivemq.stop().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
