package io.godwit.balancer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running balancer: all listeners of a plan, on 127.0.0.1. */
final class Balancer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Balancer.class);
    private static final int THREADS = 2;
    private static final int BACKLOG = 4_096;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long END_MILLIS = 2_000;

    private final EventLoopGroup loops = new NioEventLoopGroup(THREADS);
    private final List<Channel> listening = new ArrayList<>();
    private final OpenConnections open;

    private Balancer(Plan plan) {
        this.open = new OpenConnections(plan.listeners().stream()
                .flatMap(listener -> listener.nodes().stream())
                .map(Plan.Node::name)
                .distinct()
                .toList());
    }

    /** Listens from here on. */
    static Balancer start(Plan plan) throws InterruptedException {
        Balancer balancer = new Balancer(plan);
        try {
            for (Plan.Listener listener : plan.listeners()) {
                balancer.listen(listener);
            }
        } catch (Throwable e) {
            balancer.close();
            throw e;
        }
        return balancer;
    }

    OpenConnections open() {
        return open;
    }

    private void listen(Plan.Listener listener) throws InterruptedException {
        listening.add(new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Nothing is read from a client until there is somebody to read it.
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Front(new Rotation(listener.nodes(), REST_NANOS), open))
                .bind(InetAddress.getLoopbackAddress(), listener.port())
                .sync()
                .channel());
        LOG.info("Listening. port={} nodes={}", listener.port(), listener.nodes());
    }

    /** Takes no more connections, and ends those that there are. */
    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        loops.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * END_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("The balancer has ended.");
    }
}
