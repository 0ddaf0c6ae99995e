package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.bundle.NodeBundle;
import io.godwit.local.process.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A second HiveMQ beside that of the surroundings, with the same extension, and all that HiveMQ is set to by itself. */
final class HiveMqByItself implements AutoCloseable {
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq>
              <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private final Path home;
    private final int port;
    private final Process process;

    /** Starts beside the HiveMQ whose folder is {@code beside}. */
    HiveMqByItself(Path beside, Path cache) {
        try (ServerSocket free = new ServerSocket(0)) {
            home = Files.createTempDirectory("godwit-hivemq");
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            for (String folder : List.of("conf", "data", "log")) {
                Files.createDirectories(home.resolve(folder));
            }
            Files.writeString(home.resolve("conf/config.xml"), XML.formatted(port));
            copy(beside.resolve("extensions"), home.resolve("extensions"));
            process = new ProcessBuilder(Jvm.command(
                            List.of("-Xmx256m", "-Dhivemq.home=" + home),
                            new NodeBundle("hivemq", "com.hivemq.HiveMQServer").program(cache)))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log/out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Surroundings.await("HiveMQ listens", this::listens);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (file.endsWith("godwit.properties")) {
                    // Two nodes never have one name.
                    Files.writeString(target, Files.readString(file, UTF_8).replace("broker-1", "broker-2"), UTF_8);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CachedFiles.delete(home);
    }
}
