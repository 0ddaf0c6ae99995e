package io.godwit.broker.uplink;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.Refusal;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.RspMessageCodec;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides whether what a device published may become a record. Pure: no clock, no network, and no exception whatever the
 * payload is.
 */
public final class Admission {
    private final RspMessageCodec codec;

    public Admission(int maxMessageOctets) {
        this.codec = new RspMessageCodec(maxMessageOctets);
    }

    /**
     * Who publishes, as the authentication told.
     *
     * @param membership whether the device belongs to that group
     */
    public record Author(Nid nid, Predicate<Gid> membership) {}

    /** A PUBLISH as it came. */
    public record Offer(String topic, int qos, boolean retained, Octets payload) {}

    /** What is decided. */
    public sealed interface Decision {}

    /** The message may be recorded. */
    public record Admitted(MqttTopic topic, FlowStep step) implements Decision {}

    /** The message is refused for good; sending it again will not help. */
    public record Refused(Grounds grounds, String sentence) implements Decision {}

    public Decision decide(Author author, Offer offer) {
        Optional<MqttTopic> topic = MqttTopic.of(offer.topic());
        if (topic.isEmpty()) {
            return new Refused(Grounds.TOPIC, "publish to To_SM-SR");
        }
        if (offer.retained()) {
            return new Refused(Grounds.RETAINED, "publish without the retain flag");
        }
        if (offer.qos() > 1) {
            return new Refused(Grounds.QOS, "publish with QoS 1");
        }
        RspMessageCodec.Result result = codec.inspect(topic.get(), offer.payload());
        if (result instanceof RspMessageCodec.Refused refused) {
            Refusal refusal = refused.refusal();
            return new Refused(Grounds.of(refusal.reason()), refusal.field() + ": " + refusal.remedy());
        }
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) result;
        return decoded.step().comesFromDevice()
                ? authored(author, topic.get(), decoded)
                : new Refused(Grounds.TOPIC, "only the SM-SR sends this step");
    }

    private static Decision authored(Author author, MqttTopic topic, RspMessageCodec.Decoded decoded) {
        Optional<Nid> claimed = originator(decoded.message(), decoded.step());
        if (claimed.isPresent() && !claimed.get().equals(author.nid())) {
            return new Refused(Grounds.FOREIGN_NID, "send in the name of the nid that you logged in with");
        }
        Optional<Gid> group = decoded.message().address().findGid();
        if (group.isPresent() && !author.membership().test(group.get())) {
            return new Refused(Grounds.NOT_A_MEMBER, "name a group that the device belongs to");
        }
        return new Admitted(topic, decoded.step());
    }

    /** On To_SM-SR the address names the sender; E1 and E2 are addressed to the peer and name their sender in the type. */
    private static Optional<Nid> originator(RspMessage message, FlowStep step) {
        if (step == FlowStep.E1 || step == FlowStep.E2) {
            return Optional.ofNullable(message.type().peer());
        }
        Address address = message.address();
        return address.findNid();
    }
}
