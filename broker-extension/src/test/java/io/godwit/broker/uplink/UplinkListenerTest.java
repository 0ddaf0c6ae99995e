package io.godwit.broker.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.kafka.Circuits;
import io.godwit.broker.kafka.KafkaSettings;
import io.godwit.broker.kafka.Recorder;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Closer;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.NodeIdentity;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UplinkListenerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Object> answers = new ArrayList<>();

    /** HiveMQ makes a successful PUBACK of whatever an interceptor throws. */
    @Test
    void anErrorWhileAMessageIsLookedAtIsAnsweredWithARefusal() {
        Circuits circuits = new Circuits(SECOND);
        BridgeMetrics metrics = new BridgeMetrics(new MetricRegistry());
        try (Recorder nowhere = new Recorder(
                        new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:1"), "node"),
                        SECOND,
                        Duration.ZERO,
                        1,
                        circuits);
                Closer closer = new Closer(broken(ClientService.class), new Connections(1), SECOND, metrics)) {
            UplinkListener listener = new UplinkListener(
                    new Uplink(
                            new Admission(1024),
                            new RateLimits(1, 1),
                            nowhere,
                            new FleetView(),
                            new NodeIdentity("node", "boot"),
                            closer,
                            metrics,
                            Clock.systemUTC(),
                            1,
                            SECOND),
                    new DeviceConnection(
                            "1", "acme/dev/a", new Claim(new TenantId("acme"), new Nid("dev")), Octets.EMPTY));

            listener.onInboundPublish(offer(), output());
        }

        assertEquals(List.of(AckReasonCode.UNSPECIFIED_ERROR), answers);
    }

    private static PublishInboundInput offer() {
        PublishPacket packet = broken(PublishPacket.class);
        return fake(PublishInboundInput.class, arguments -> packet);
    }

    private PublishInboundOutput output() {
        return fake(PublishInboundOutput.class, arguments -> answers.add(arguments[0]));
    }

    private static <T> T broken(Class<T> type) {
        return fake(type, arguments -> {
            throw new NoClassDefFoundError("for the test");
        });
    }

    private interface Behaviour {
        Object answer(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Behaviour behaviour) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = behaviour.answer(arguments);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
