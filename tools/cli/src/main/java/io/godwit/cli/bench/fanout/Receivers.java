package io.godwit.cli.bench.fanout;

import io.godwit.local.access.MqttAccess;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Thousands of MQTT 5 clients that acknowledge and count what they get. As light as a client can be, because it runs on the
 * same processors as the broker that is measured.
 */
final class Receivers implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int CONNECTING = 100;
    private static final int MAX_OCTETS = 1024 * 1024;
    private static final long PATIENCE_SECONDS = 120;

    private final NioEventLoopGroup threads = new NioEventLoopGroup(THREADS);
    private final Arrivals arrivals = new Arrivals();

    /** Connects all of {@code logins} and subscribes them. */
    static Receivers connected(MqttAccess broker, List<Login> logins) throws InterruptedException, TimeoutException {
        Receivers receivers = new Receivers();
        try {
            receivers.connect(broker, logins);
            return receivers;
        } catch (InterruptedException | TimeoutException | RuntimeException e) {
            receivers.close();
            throw e;
        }
    }

    /** Where what arrives is counted. */
    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void connect(MqttAccess broker, List<Login> logins) throws InterruptedException, TimeoutException {
        Semaphore connecting = new Semaphore(CONNECTING);
        // The first one alone, again and again: a broker that has just started refuses devices until it knows its
        // fleet.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!subscribe(broker, logins.get(0))
                .handle((done, fault) -> fault == null)
                .join()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the broker on port " + broker.port() + " lets no device in");
            }
            Thread.sleep(200);
        }
        CompletableFuture<?>[] all = logins.stream()
                .skip(1)
                .map(login -> {
                    connecting.acquireUninterruptibly();
                    return subscribe(broker, login).whenComplete((done, fault) -> connecting.release());
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<Void> subscribe(MqttAccess broker, Login login) {
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new MqttDecoder(MAX_OCTETS))
                                .addLast(MqttEncoder.INSTANCE)
                                .addLast(new Receiver(login, subscribed, arrivals));
                    }
                })
                .connect(broker.host(), broker.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        subscribed.completeExceptionally(connected.cause());
                    }
                });
        return subscribed;
    }
}
