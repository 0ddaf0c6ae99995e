package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.KeySet;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New keys for a card through the running service: they are stored with the step that begins to use them. */
@QuarkusTest
class IsdRKeysIT {
    private static final TenantId TENANT = new TenantId("isd-r-keys");
    private static final EsFunction NEW_KEYS = new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null);

    private KafkaWorld world;

    @BeforeEach
    void open() {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(TENANT);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theCardIsCommandedUnderTheNewKeysAndARegistrationDoesNotBringTheFormerBack() throws IOException {
        VirtualDevice meter = world.enrolForDownloads(
                TENANT,
                "meter-1",
                EumFiles.in(Path.of("src/test/resources/pki")).read());
        world.switchOn(TENANT, meter);
        CardState fresh = meter.card();
        assertEquals(Outcome.SUCCEEDED, outcome(meter, NEW_KEYS));
        List<Scp80Keys> made = keys(meter.card());
        assertEquals(List.of(2), made.stream().map(Scp80Keys::keySetVersion).toList());
        assertNotEquals(keys(fresh).get(0).kic(), made.get(0).kic());
        assertEquals(Outcome.SUCCEEDED, outcome(meter, KafkaWorld.enable()));
        int registrations = world.events(EventRecord.CardRegistered.class).size();
        world.register(TENANT, meter, fresh);
        world.until(() -> world.events(EventRecord.CardRegistered.class).size() > registrations);
        assertEquals(Outcome.SUCCEEDED, outcome(meter, new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null)));
        assertEquals(Outcome.SUCCEEDED, outcome(meter, NEW_KEYS));
        assertEquals(
                List.of(3),
                keys(meter.card()).stream().map(Scp80Keys::keySetVersion).toList());
    }

    private Outcome outcome(VirtualDevice meter, EsFunction function) {
        String operation = world.order(TENANT, meter.nid(), function);
        world.until(() -> !world.ended(operation).isEmpty());
        return world.ended(operation).get(0).outcome();
    }

    private static List<Scp80Keys> keys(CardState card) {
        return card.keySets().stream().map(KeySet::keys).toList();
    }
}
