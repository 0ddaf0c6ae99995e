package io.godwit.simulator.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.simulator.device.Line;
import io.godwit.simulator.device.Lines;
import io.godwit.simulator.device.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down each message that a broker has acknowledged, so that it can be held against what was recorded: the SHA-256 of
 * its payload, a line each. A line is with the operating system before the device hears of the acknowledgement, so it
 * outlives a killed process.
 */
public final class AcknowledgedMessages implements AutoCloseable {
    private final FileChannel file;

    private AcknowledgedMessages(FileChannel file) {
        this.file = file;
    }

    /** Goes on in {@code file}, which is made when there is none. */
    static AcknowledgedMessages appendTo(Path file) {
        try {
            return new AcknowledgedMessages(
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hashes in {@code file}, each with how often it stands there. */
    public static Map<String, Long> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, US_ASCII)) {
            return lines.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    /** The line that stands for {@code payload}. */
    public static String line(Octets payload) {
        return Sha256.of(payload).toHex();
    }

    /** {@code lines}, whose acknowledgements are written down. */
    Lines of(Lines lines) {
        return listener -> lines.open(new Lines.Listener() {
            @Override
            public void opened(Line line) {
                listener.opened(new Line() {
                    @Override
                    public CompletableFuture<Void> publish(MqttTopic topic, Octets payload) {
                        return line.publish(topic, payload).thenRun(() -> write(payload));
                    }

                    @Override
                    public void close() {
                        line.close();
                    }
                });
            }

            @Override
            public void delivered(Octets payload, Runnable acknowledge) {
                listener.delivered(payload, acknowledge);
            }

            @Override
            public void lost(String cause) {
                listener.lost(cause);
            }
        });
    }

    private synchronized void write(Octets payload) {
        ByteBuffer line = ByteBuffer.wrap((line(payload) + "\n").getBytes(US_ASCII));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
