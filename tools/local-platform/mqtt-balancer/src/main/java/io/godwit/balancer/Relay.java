package io.godwit.balancer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what one side of a connection sends to the other. A side that does not read makes the other one wait; a side that
 * has said its last word may still listen; what is on its way when a side is gone still arrives.
 */
final class Relay extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final DuplexChannel peer;

    /** @param peer the other side, served by the same thread */
    Relay(DuplexChannel peer) {
        this.peer = peer;
    }

    @Override
    public void channelRead(ChannelHandlerContext side, Object octets) {
        peer.write(octets).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!peer.isWritable()) {
            // Before the batch is at its end: what has been read already may be much.
            peer.flush();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext side) {
        peer.flush();
    }

    /** This side's buffer is full, or has room again. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext side) {
        peer.config().setAutoRead(side.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext side, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (peer.isInputShutdown()) {
                closeBehindTheRest(peer);
                closeBehindTheRest(side.channel());
            } else {
                peer.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(sent -> peer.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext side) {
        closeBehindTheRest(peer);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext side, Throwable cause) {
        // A reset is how most of them end when a broker dies.
        LOG.debug("A connection has broken. remote={} fault={}", side.channel().remoteAddress(), cause.toString());
        closeBehindTheRest(peer);
        closeBehindTheRest(side.channel());
    }

    private static void closeBehindTheRest(Channel channel) {
        if (channel.isActive()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
