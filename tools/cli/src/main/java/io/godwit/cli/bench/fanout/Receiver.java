package io.godwit.cli.bench.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One client: connects, subscribes, acknowledges whatever comes and tells {@link Arrivals} its number. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, and that is seen.
final class Receiver extends SimpleChannelInboundHandler<MqttMessage> {
    private static final int KEEP_ALIVE_SECONDS = 3600;

    private final Login login;
    private final CompletableFuture<Void> subscribed;
    private final Arrivals arrivals;

    Receiver(Login login, CompletableFuture<Void> subscribed, Arrivals arrivals) {
        this.login = login;
        this.subscribed = subscribed;
        this.arrivals = arrivals;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_5)
                .clientId(login.clientId())
                .username(login.user())
                .password(login.password().getBytes(UTF_8))
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .build());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message instanceof MqttPublishMessage publish) {
            long number = publish.payload().readLong();
            context.writeAndFlush(MqttMessageBuilders.pubAck()
                    .packetId(publish.variableHeader().packetId())
                    .build());
            arrivals.arrived(number);
        } else if (message instanceof MqttConnAckMessage connack) {
            connected(context, connack);
        } else if (message instanceof MqttSubAckMessage suback
                && suback.payload().reasonCodes().stream().allMatch(code -> code <= 1)) {
            subscribed.complete(null);
        } else {
            fail(context, "the broker answered with " + message.fixedHeader());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        subscribed.completeExceptionally(new IOException("the broker closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        subscribed.completeExceptionally(cause);
        context.close();
    }

    private void connected(ChannelHandlerContext context, MqttConnAckMessage connack) {
        MqttConnectReturnCode code = connack.variableHeader().connectReturnCode();
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            fail(context, "the broker refused " + login.user() + ": " + code);
            return;
        }
        MqttMessageBuilders.SubscribeBuilder subscribe =
                MqttMessageBuilders.subscribe().messageId(1);
        login.topics().forEach(topic -> subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, topic));
        context.writeAndFlush(subscribe.build());
    }

    private void fail(ChannelHandlerContext context, String sentence) {
        subscribed.completeExceptionally(new IOException(sentence));
        context.close();
    }
}
