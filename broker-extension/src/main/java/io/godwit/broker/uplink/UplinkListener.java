package io.godwit.broker.uplink;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.interceptor.puback.PubackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import io.godwit.broker.kafka.Receipt;
import io.godwit.broker.presence.Closing;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.RecordStamp;
import io.godwit.broker.presence.UplinkRecords;
import io.godwit.broker.uplink.Admission.Admitted;
import io.godwit.broker.uplink.Admission.Author;
import io.godwit.broker.uplink.Admission.Decision;
import io.godwit.broker.uplink.Admission.Offer;
import io.godwit.broker.uplink.Admission.Refused;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.TopicSet;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publishes of one connection. HiveMQ itself distributes none of them. An admitted one is sent to Kafka at once, without
 * holding up those behind it, and its PUBACK is held on its way out until the record is there.
 *
 * <p>HiveMQ turns an exception or a time-out in here into a successful PUBACK. So nothing is thrown, a PUBACK without a
 * record behind it is held, and the connection is closed before the time-out comes.
 */
public final class UplinkListener implements PublishInboundInterceptor, PubackOutboundInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(UplinkListener.class);

    private final Uplink uplink;
    private final DeviceConnection connection;
    private final RecordStamp stamp;
    private final Author author;

    /** In the order of the publishes. Only HiveMQ's one thread for this client id touches it. */
    private final Deque<PendingAck> pending = new ArrayDeque<>();

    public UplinkListener(Uplink uplink, DeviceConnection connection) {
        this.uplink = uplink;
        this.connection = connection;
        this.stamp = RecordStamp.of(uplink.node(), connection);
        this.author = new Author(
                connection.device().nid(),
                gid -> uplink.fleet()
                        .isMember(
                                connection.device().tenant(),
                                connection.device().nid(),
                                gid));
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        uplink.metrics().seen();
        PublishPacket packet = input.getPublishPacket();
        Decision decision;
        Octets payload;
        try {
            payload = payload(packet);
            decision = decide(packet, payload);
        } catch (Throwable e) {
            LOG.error("Deciding on a message failed; it is refused. tenant={} nid={}", tenant(), nid(), e);
            payload = Octets.EMPTY;
            decision = new Refused(Grounds.DEFECT, "the message could not be looked at");
        }
        if (decision instanceof Admitted admitted) {
            // Success here only means that the PUBACK goes out by way of onOutboundPuback.
            output.preventPublishDelivery();
            record(packet, admitted.topic(), payload);
        } else {
            Refused refused = (Refused) decision;
            uplink.metrics().refused(refused.grounds().name());
            output.preventPublishDelivery(reasonCode(refused.grounds()), refused.sentence());
        }
    }

    @Override
    public void onOutboundPuback(PubackOutboundInput input, PubackOutboundOutput output) {
        if (input.getPubackPacket().getReasonCode() != AckReasonCode.SUCCESS) {
            return;
        }
        PendingAck ack = take(input.getPubackPacket().getPacketIdentifier());
        if (ack != null && ack.isRecorded()) {
            return;
        }
        Async<PubackOutboundOutput> held = output.async(uplink.heldAtMost());
        if (ack == null) {
            uplink.closer().now(connection, Closing.UNFIT_ACK);
            connection.whenClosed(held::resume);
        } else if (!ack.hold(held::resume)) {
            connection.whenClosed(held::resume);
        }
    }

    private Decision decide(PublishPacket packet, Octets payload) {
        if (!uplink.rates().take(connection.key(), System.nanoTime())) {
            return new Refused(Grounds.RATE, "slow down");
        }
        return uplink.admission()
                .decide(
                        author,
                        new Offer(packet.getTopic(), packet.getQos().getQosNumber(), packet.getRetain(), payload));
    }

    private void record(PublishPacket packet, MqttTopic topic, Octets payload) {
        uplink.metrics().accepted();
        PendingAck ack = packet.getQos().getQosNumber() == 0 ? null : new PendingAck(packet.getPacketId());
        if (ack != null) {
            pending.addLast(ack);
        }
        int inFlight = connection.departed();
        Journey journey = new Journey(ack, System.nanoTime());
        Optional<TopicSet> set = uplink.fleet().topicSet(connection.device().tenant());
        if (set.isEmpty() || connection.isClosing() || inFlight > uplink.maxInFlight()) {
            journey.lost();
            return;
        }
        try {
            uplink.recorder()
                    .record(
                            set.get(),
                            UplinkRecords.message(
                                    set.get(),
                                    stamp,
                                    topic,
                                    payload,
                                    uplink.clock().millis()),
                            journey);
        } catch (Throwable e) {
            LOG.error("Recording a message failed; its connection is closed. tenant={} nid={}", tenant(), nid(), e);
            journey.lost();
        }
    }

    /** PUBACKs leave in the order of the publishes, so the first is nearly always the one. */
    private @Nullable PendingAck take(int packetId) {
        for (Iterator<PendingAck> acks = pending.iterator(); acks.hasNext(); ) {
            PendingAck ack = acks.next();
            if (ack.packetId() == packetId) {
                acks.remove();
                return ack;
            }
        }
        return null;
    }

    private static Octets payload(PublishPacket packet) {
        return packet.getPayload()
                .map(buffer -> {
                    ByteBuffer view = buffer.duplicate();
                    byte[] bytes = new byte[view.remaining()];
                    view.get(bytes);
                    return Octets.of(bytes);
                })
                .orElse(Octets.EMPTY);
    }

    private static AckReasonCode reasonCode(Grounds grounds) {
        return switch (grounds) {
            case TOPIC -> AckReasonCode.TOPIC_NAME_INVALID;
            case RETAINED, QOS, TOO_LARGE -> AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
            case RATE -> AckReasonCode.QUOTA_EXCEEDED;
            case FOREIGN_NID, NOT_A_MEMBER -> AckReasonCode.NOT_AUTHORIZED;
            case DEFECT -> AckReasonCode.UNSPECIFIED_ERROR;
            default -> AckReasonCode.PAYLOAD_FORMAT_INVALID;
        };
    }

    private String tenant() {
        return connection.device().tenant().value();
    }

    private String nid() {
        return connection.device().nid().value();
    }

    /** A message between PUBLISH and PUBACK. */
    private final class Journey implements Receipt {
        private final @Nullable PendingAck ack;
        private final long departed;

        private Journey(@Nullable PendingAck ack, long departed) {
            this.ack = ack;
            this.departed = departed;
        }

        @Override
        public void recorded() {
            connection.settled();
            uplink.metrics().recorded(System.nanoTime() - departed);
            if (ack != null) {
                ack.recorded();
            }
        }

        @Override
        public void lost() {
            connection.settled();
            if (ack != null) {
                Runnable letGo = ack.lost();
                uplink.closer().soon(connection, Closing.KAFKA_TROUBLE);
                if (letGo != null) {
                    connection.whenClosed(letGo);
                }
            }
            uplink.metrics().lost();
        }
    }
}
