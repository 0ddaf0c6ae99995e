package io.godwit.local.hivemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.ComponentStatus;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes behind one address, without an extension: each answers a CONNECT, and lets nobody in. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SeveralNodesIT {
    @TempDir
    private Path folder;

    @Test
    void severalNodesServeAtOneAddressAndTheDeathOfOneIsNotNoticedThere() throws Exception {
        PlatformSettings settings = PlatformSettings.in(folder.resolve("home")).with(Part.HIVEMQ);
        int address;
        try (LocalPlatform platform = LocalPlatform.open(settings.withBrokers(3).owned())) {
            assertTrue(platform.start().status().up());
            platform.usage().forEach(System.out::println);
            assertEquals(
                    List.of("hivemq-1", "hivemq-2", "hivemq-3", "mqtt-balancer"),
                    platform.status().components().stream()
                            .map(ComponentStatus::name)
                            .toList());
            address = platform.mqtt().port();
            requireSpread(platform, "{\"hivemq-1\":2,\"hivemq-2\":2,\"hivemq-3\":2}", 6);

            platform.kill("hivemq-2");
            requireAnswers(address);
            assertFalse(platform.status().up());

            LocalPlatform other = LocalPlatform.open(settings);
            assertEquals(platform.mqtt(), other.mqtt());
            assertEquals(platform.mqttTls().port(), other.mqttTls().port());
            assertThrows(PlatformException.class, () -> LocalPlatform.open(settings.withBrokers(2)));

            platform.restart("hivemq-2");
            assertTrue(platform.status().up());
            requireAnswers(address);
        }
        try (LocalPlatform one = LocalPlatform.open(settings.withBrokers(1).owned())) {
            assertTrue(one.start().status().up());
            assertEquals(address, one.mqtt().port());
            assertEquals(1, one.status().components().size());
            requireAnswers(address);
        }
    }

    /** Each CONNECT gets its CONNACK, though a third of them would have gone to a node that is dead. */
    private static void requireAnswers(int port) throws IOException {
        for (int i = 0; i < 6; i++) {
            assertNotEquals(MqttProbe.ACCEPTED, MqttProbe.knock(port));
        }
    }

    private static void requireSpread(LocalPlatform platform, String expected, int clients) throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < clients; i++) {
                open.add(new Socket(
                        InetAddress.getLoopbackAddress(), platform.mqtt().port()));
            }
            URI connections = platform.brokers().connections().orElseThrow();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (!read(connections).equals(expected)) {
                assertTrue(System.nanoTime() < deadline, read(connections));
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static String read(URI uri) throws IOException {
        return new String(uri.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
