package io.godwit.system;

import io.godwit.local.access.MqttAccess;
import io.godwit.protocol.Octets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code mosquitto_sub} and {@code mosquitto_pub} with one device's credentials, as child processes. */
record StockClient(MqttAccess broker, String userName, String password) {
    private static final long PATIENCE_SECONDS = 30;

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("mosquitto_sub", "--help")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    >= 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A running subscription; each line is one payload. */
    record Subscription(Process process, BlockingQueue<String> payloads) implements AutoCloseable {
        /** The next payload, if one comes in time. */
        Optional<String> next(long seconds) throws InterruptedException {
            return Optional.ofNullable(payloads.poll(seconds, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    Subscription subscribe(String topic, String... options) throws IOException {
        Process process = command("mosquitto_sub", topic, options).start();
        BlockingQueue<String> payloads = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(process, payloads), "mosquitto_sub");
        reader.setDaemon(true);
        reader.start();
        return new Subscription(process, payloads);
    }

    /** Publishes, and gives the exit status of {@code mosquitto_pub}. */
    int publish(String topic, Octets payload, String... options) throws IOException, InterruptedException {
        ProcessBuilder command = command("mosquitto_pub", topic, options);
        command.command().add("-s");
        Process process =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (var in = process.getOutputStream()) {
            in.write(payload.toBytes());
        } catch (IOException e) {
            // It has ended before it read: its exit status tells.
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** A running {@code mosquitto_pub} that has been given many lines at once, each a message. */
    record Burst(Process process, BlockingQueue<String> log) {
        /** Lines of its log with this in it, once it has ended or its time is over. */
        long count(String what, long seconds) throws InterruptedException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                // With MQTT 3.1.1 it connects and tries again for ever.
                process.destroyForcibly().waitFor();
            }
            return log.stream().filter(line -> line.contains(what)).count();
        }
    }

    Burst burst(String topic, List<Octets> messages, String... options) throws IOException {
        ProcessBuilder command = command("mosquitto_pub", topic, options);
        command.command().addAll(List.of("-l", "-d"));
        Process process = command.start();
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(process, log), "mosquitto_pub");
        reader.setDaemon(true);
        reader.start();
        try (var in = process.getOutputStream()) {
            for (Octets message : messages) {
                in.write(message.toBytes());
                in.write('\n');
            }
        }
        return new Burst(process, log);
    }

    private ProcessBuilder command(String program, String topic, String... options) {
        List<String> command = new ArrayList<>(List.of(program, "-h", broker.host(), "-p", "" + broker.port()));
        command.addAll(List.of("-u", userName, "-P", password, "-q", "1", "-t", topic));
        command.addAll(Arrays.asList(options));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static void read(Process process, BlockingQueue<String> payloads) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(payloads::add);
        } catch (IOException | UncheckedIOException e) {
            // The subscription was closed.
        }
    }
}
