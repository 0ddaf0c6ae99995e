package io.godwit.local.kafka;

import io.godwit.local.access.KafkaAccess;
import io.godwit.local.process.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Logs in to Kafka and asks who is in the cluster. */
final class KafkaProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private KafkaProbe() {}

    static Answer ask(KafkaAccess access, int port) {
        // A Kafka client would try again and again by itself, and log each time; a bare connection says at once that
        // nobody is there.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        } catch (IOException e) {
            return new Answer.Silent("nobody listens on port " + port);
        }
        Map<String, Object> settings = new HashMap<>(access.clientProperties());
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(settings)) {
            boolean serves = !admin.describeCluster().nodes().get().isEmpty();
            return serves ? new Answer.Ready() : new Answer.Silent("the broker has not joined its cluster yet");
        } catch (ExecutionException e) {
            return new Answer.Silent(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Silent("interrupted");
        }
    }
}
