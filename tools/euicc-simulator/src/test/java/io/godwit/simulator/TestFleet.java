package io.godwit.simulator;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.FleetSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fleets as the tests like them: registered at a registry that there is not, and hasty. */
final class TestFleet {
    static final TenantId TENANT = new TenantId("acme");

    private TestFleet() {}

    static Nid nid(int number) {
        return new Nid("meter-" + number);
    }

    /** Card number n gets the nid {@code meter-n}. */
    static List<Credential> credentials(List<Eid> eids) {
        List<Credential> credentials = new ArrayList<>();
        for (Eid eid : eids) {
            Nid nid = nid(credentials.size());
            credentials.add(new Credential(eid, new MqttIdentity(TENANT, nid, "secret of " + nid)));
        }
        return credentials;
    }

    static FleetSettings hasty(BrokerAddress broker) {
        AgentSettings settings = new AgentSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));
        return FleetSettings.of(broker).with(settings).withMqtt3Percent(50);
    }
}
