package io.godwit.balancer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the connections of one listener, and finds a node for each before anything is read from it. */
final class Front extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final int CONNECT_MILLIS = 1_000;

    private final Rotation rotation;
    private final OpenConnections open;

    Front(Rotation rotation, OpenConnections open) {
        this.rotation = rotation;
        this.open = open;
    }

    @Override
    protected void initChannel(Channel client) {
        List<Plan.Node> candidates;
        // The accepting threads of all clients share it.
        synchronized (rotation) {
            candidates = rotation.next(System.nanoTime());
        }
        tryNext((DuplexChannel) client, candidates.iterator());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left who would have to hear of a failed close.
    private void tryNext(DuplexChannel client, Iterator<Plan.Node> candidates) {
        if (!candidates.hasNext()) {
            LOG.warn("No broker accepts connections; a client was sent away.");
            client.close();
            return;
        }
        Plan.Node node = candidates.next();
        connect(client, node).addListener((ChannelFutureListener) attempt -> {
            synchronized (rotation) {
                if (attempt.isSuccess()) {
                    rotation.accepted(node);
                } else {
                    rotation.refused(node, System.nanoTime());
                }
            }
            if (attempt.isSuccess()) {
                join(client, (DuplexChannel) attempt.channel(), node);
            } else if (client.isOpen()) {
                LOG.debug("A broker does not accept connections. node={} fault={}", node.name(), attempt.cause());
                tryNext(client, candidates);
            }
        });
    }

    /** On the client's own thread, so that both sides need no lock. */
    private static ChannelFuture connect(DuplexChannel client, Plan.Node node) {
        return new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left who would have to hear of a failed close.
    private void join(DuplexChannel client, DuplexChannel broker, Plan.Node node) {
        if (!client.isActive()) {
            broker.close();
            return;
        }
        open.opened(node.name());
        broker.closeFuture().addListener(closed -> open.closed(node.name()));
        broker.pipeline().addLast(new Relay(client));
        client.pipeline().addLast(new Relay(broker));
        broker.config().setAutoRead(true);
        client.config().setAutoRead(true);
    }
}
