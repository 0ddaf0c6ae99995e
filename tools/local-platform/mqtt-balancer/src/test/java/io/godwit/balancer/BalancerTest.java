package io.godwit.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets on both sides. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BalancerTest {
    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket first = listening();
    private final ServerSocket second = listening();
    private final int port = freePort();
    private Balancer balancer = start();

    @BeforeEach
    void open() throws IOException {
        first.setSoTimeout(PATIENCE_MILLIS);
        second.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        balancer.close();
        first.close();
        second.close();
    }

    @Test
    void connectionsGoToEachNodeInTurnAndAreCounted() throws Exception {
        try (Socket one = client();
                Socket atFirst = first.accept();
                Socket other = client();
                Socket atSecond = second.accept()) {
            say(one, "one");
            assertEquals("one", heard(atFirst, 3));
            say(atSecond, "other");
            assertEquals("other", heard(other, 5));
            assertEquals("{\"first\":1,\"second\":1}", balancer.open().toJson());
        }
        awaitOpen(0, 0);
    }

    @Test
    void aDeadNodeIsPassedOverAndServesAgainWhenItIsBack() throws Exception {
        int firstPort = first.getLocalPort();
        first.close();
        for (int i = 0; i < 4; i++) {
            try (Socket client = client();
                    Socket broker = second.accept()) {
                say(client, "x");
                assertEquals("x", heard(broker, 1));
            }
        }
        first = new ServerSocket(firstPort, 50, InetAddress.getLoopbackAddress());
        first.setSoTimeout(PATIENCE_MILLIS);
        TimeUnit.MILLISECONDS.sleep(1_100);
        CompletableFuture<Socket> back = CompletableFuture.supplyAsync(() -> accept(first));
        try (Socket one = client();
                Socket other = client()) {
            assertTrue(one.isConnected() && other.isConnected());
            back.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).close();
        }
    }

    @Test
    void aClientIsSentAwayWhenNobodyAccepts() throws Exception {
        first.close();
        second.close();
        try (Socket client = client()) {
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void theEndOfABrokerEndsItsClientsAndTheEndOfAClientIsSeenByItsBroker() throws Exception {
        try (Socket client = client()) {
            Socket broker = first.accept();
            broker.close();
            assertEquals(-1, client.getInputStream().read());
        }
        Socket client = client();
        try (Socket broker = second.accept()) {
            client.close();
            assertEquals(-1, broker.getInputStream().read());
        }
        awaitOpen(0, 0);
    }

    @Test
    void whoHasSaidItsLastWordStillHears() throws Exception {
        try (Socket client = client();
                Socket broker = first.accept()) {
            say(client, "bye");
            client.shutdownOutput();
            assertEquals("bye", new String(broker.getInputStream().readAllBytes(), US_ASCII));
            say(broker, "farewell");
            assertEquals("farewell", heard(client, 8));
        }
    }

    @Test
    void muchArrivesWholeThoughItsReaderIsSlow() throws Exception {
        byte[] much = new byte[64 * 1024 * 1024];
        new Random(1).nextBytes(much);
        try (Socket client = client();
                Socket broker = first.accept()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            TimeUnit.MILLISECONDS.sleep(300);
            assertTrue(!sending.isDone(), "the balancer holds more than it may");
            assertArrayEquals(much, broker.getInputStream().readAllBytes());
            sending.get();
        }
    }

    private void awaitOpen(int atFirst, int atSecond) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (balancer.open().of("first") != atFirst || balancer.open().of("second") != atSecond) {
            assertTrue(System.nanoTime() < deadline, balancer.open().toJson());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Balancer start() {
        try {
            return Balancer.start(new Plan(
                    1,
                    List.of(new Plan.Listener(
                            port,
                            List.of(
                                    new Plan.Node("first", first.getLocalPort()),
                                    new Plan.Node("second", second.getLocalPort()))))));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static Socket accept(ServerSocket server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = listening()) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String heard(Socket socket, int octets) throws IOException {
        byte[] read = socket.getInputStream().readNBytes(octets);
        return new String(read, US_ASCII);
    }
}
