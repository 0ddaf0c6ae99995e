package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.fleet.DeviceCertificates;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.network.Coverage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes between the driver and the process of a fleet comes out as it went in. */
class ProcessCodecTest {
    @Test
    void settingsComeOutAsTheyWentIn() {
        FleetSettings settings = new FleetSettings(
                List.of(
                        BrokerAddress.parse("mqtt://127.0.0.1:1883"),
                        BrokerAddress.parse("mqtts://broker.example:8883")),
                17,
                33,
                AgentSettings.DEFAULT.withConfirmationTimeout(Duration.ofMillis(1234)),
                new Coverage(Set.of(new Iccid("89000123456789012341"))),
                Path.of("fleet", "acknowledged"),
                Path.of("fleet", "subscribers"),
                new DeviceCertificates(Path.of("fleet", "certificates"), "of the files", Path.of("ca.pem")),
                RequestReason.FIRST_ATTACH);
        assertEquals(settings, FleetSettingsCodec.fromJson(new Fields(FleetSettingsCodec.toJson(settings))));
    }

    @Test
    void behavioursComeOutAsTheyWentIn() {
        List<Behaviour> all = List.of(
                new Behaviour.Obeys(),
                new Behaviour.Offline(Duration.ofHours(3)),
                new Behaviour.Slow(Duration.ofSeconds(2)),
                new Behaviour.RefusesTriggers("battery low"),
                new Behaviour.LosesAnswers(2),
                new Behaviour.DoublesAnswers(),
                new Behaviour.RebootsBeforeAnswering(1),
                new Behaviour.NoNetworkWithNewProfile());
        for (Behaviour behaviour : all) {
            assertEquals(behaviour, BehaviourCodec.fromJson(new Fields(BehaviourCodec.toJson(behaviour))));
        }
        Json.Obj unknown = Json.object().put("kind", "sings").build();
        assertThrows(MalformedRecordException.class, () -> BehaviourCodec.fromJson(new Fields(unknown)));
    }

    @Test
    void defaultsArePinned() {
        FleetSettings settings = FleetSettings.of(BrokerAddress.parse("mqtt://127.0.0.1:1883"));
        assertEquals(500, settings.connectsPerSecond());
        assertEquals(10, settings.mqtt3Percent());
        assertEquals(Duration.ofMinutes(5), settings.agent().confirmationTimeout());
        assertEquals(Duration.ofMinutes(5), settings.agent().networkLossTimeout());
        assertEquals(Duration.ofMillis(200), settings.agent().reboot());
        assertEquals(Duration.ofSeconds(30), settings.agent().firstRepeat());
        assertEquals(Duration.ofMinutes(2), settings.agent().longestRepeat());
        assertEquals(Duration.ofSeconds(1), settings.agent().firstReconnect());
        assertEquals(Duration.ofSeconds(30), settings.agent().longestReconnect());
    }

    @Test
    void addressWithoutPortOrOfAnotherKindIsRefused() {
        for (String wrong : List.of("mqtt://127.0.0.1", "http://127.0.0.1:1883", "127.0.0.1:1883")) {
            assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse(wrong), wrong);
        }
    }
}
