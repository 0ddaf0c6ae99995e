package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The test plays the SM-SR: publishes packets for cards whose keys it knows, and reads what the devices say. */
final class SmSrStandIn implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Mqtt5AsyncClient client;
    private final RspMessageCodec codec = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private final Map<Object, BlockingQueue<StepBody>> heard = new ConcurrentHashMap<>();
    private final Map<Nid, Counter> counters = new ConcurrentHashMap<>();

    SmSrStandIn(BrokerAddress broker) {
        client = MqttClient.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .useMqttVersion5()
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> hear(Octets.of(publish.getPayloadAsBytes())));
        client.connect().join();
        client.subscribeWith()
                .topicFilter(MqttTopic.TO_SM_SR.literal())
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    private void hear(Octets payload) {
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) codec.decode(MqttTopic.TO_SM_SR, payload);
        StepBodyCodec.Decoded body = (StepBodyCodec.Decoded)
                StepBodyCodec.decode(decoded.step(), decoded.message().body());
        Address address = decoded.message().address();
        said(address.findNid().<Object>map(nid -> nid).orElse(address)).add(body.body());
    }

    private BlockingQueue<StepBody> said(Object author) {
        return heard.computeIfAbsent(author, any -> new LinkedBlockingQueue<>());
    }

    /** To all of a group at once; whoever is subscribed hears it. */
    void publish(Gid gid, StepBody body) {
        publish(RspMessageCodec.encode(body.toMessage(new Address.Group(gid))));
    }

    void publish(Nid nid, StepBody body) {
        publish(RspMessageCodec.encode(body.toMessage(new Address.Single(nid))));
    }

    void publish(Octets payload) {
        client.publishWith()
                .topic(MqttTopic.TO_EUICC.literal())
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.toBytes())
                .send()
                .join();
    }

    /** The next thing that {@code nid} says is a {@code kind}. */
    <B extends StepBody> B next(Nid nid, Class<B> kind) throws InterruptedException {
        return nextOf(nid, kind);
    }

    /** The next thing that is said for the whole of {@code gid} is a {@code kind}. */
    <B extends StepBody> B next(Gid gid, Class<B> kind) throws InterruptedException {
        return nextOf(new Address.Group(gid), kind);
    }

    private <B extends StepBody> B nextOf(Object author, Class<B> kind) throws InterruptedException {
        StepBody body = said(author).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return assertInstanceOf(kind, body, () -> "from " + author);
    }

    boolean isSilent(Nid nid) {
        return said(nid).isEmpty();
    }

    /** A fresh command packet with {@code function} for the card with those keys. */
    Octets packet(Nid nid, Scp80Keys keys, Es5Function function) {
        return packet(nid, keys, function.commands());
    }

    /** A fresh command packet with {@code commands}. */
    Octets packet(Nid nid, Scp80Keys keys, List<CommandApdu> commands) {
        Counter counter = counters.merge(nid, Counter.ZERO.next(), (last, one) -> last.next());
        Octets script = new CommandScript(commands).encode();
        return new CommandPacket(Spi.SGP02, keys.keySetVersion(), SecurityDomains.ISD_R_TAR, counter, script)
                .encode(keys);
    }

    /** What the card has made of {@code function}, by its authentic answer. */
    static Es5Outcome outcome(Octets response, Scp80Keys keys, Es5Function function) {
        ResponsePacket packet = assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(response, keys))
                .packet();
        assertEquals(ResponseStatus.POR_OK, packet.status());
        return function.outcome(
                ResponseScript.decode(packet.data()).toOptional().orElseThrow().responses());
    }

    /** What the card has made of a group package, by its authentic answer. */
    static GroupAnswer groupAnswer(Octets response, Scp80Keys keys) {
        ResponsePacket packet = assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(response, keys))
                .packet();
        assertEquals(GroupExtension.TAR, packet.tar());
        return GroupAnswer.decode(packet.data()).toOptional().orElseThrow();
    }

    static Notification notification(Octets packet, Scp80Keys keys) {
        return assertInstanceOf(NotificationPacket.Opened.class, NotificationPacket.open(packet, KeyLookup.of(keys)))
                .notification();
    }

    Octets confirmation(Nid nid, Scp80Keys keys, Notification notification) {
        return packet(nid, keys, new NotificationConfirmation(notification.sequence()));
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
