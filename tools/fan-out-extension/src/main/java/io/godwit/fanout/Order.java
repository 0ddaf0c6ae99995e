package io.godwit.fanout;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.builder.PublishBuilder;
import java.nio.ByteBuffer;

/**
 * What the trigger asked for.
 *
 * @param members how many clients are to have it
 */
record Order(int members, ByteBuffer payload) {
    static final String TRIGGER = "trigger";
    static final String TO_EUICC = "To_eUICC";
    private static final String TOPIC = "fan-out/";

    static Order of(PublishPacket packet) {
        return new Order(
                Integer.parseInt(packet.getTopic().substring(TOPIC.length())),
                packet.getPayload().orElseThrow());
    }

    static String member(int number) {
        return "member-" + number;
    }

    static int numberOf(String clientId) {
        return Integer.parseInt(clientId.substring("member-".length()));
    }

    /** As the bridge publishes: QoS 1, not for longer than an hour. */
    PublishBuilder publish(String topic) {
        return Builders.publish()
                .topic(topic)
                .qos(Qos.AT_LEAST_ONCE)
                .payload(payload.duplicate())
                .messageExpiryInterval(3600);
    }
}
