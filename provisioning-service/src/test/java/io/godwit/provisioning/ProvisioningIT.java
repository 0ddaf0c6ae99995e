package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProvisioningIT {
    private static final TenantId A = new TenantId("carrier-a");

    @Test
    void oneCardIsEnabledFromTheOrderToItsLateEnd() {
        try (KafkaWorld world = new KafkaWorld(TopicSet.SHARED)) {
            world.tenant(A);
            VirtualDevice meter = world.enrol(A, "meter-1");
            world.switchOn(A, meter);
            String operation = world.order(A, meter.nid(), KafkaWorld.enable());
            world.until(() -> !world.ended(operation).isEmpty());
            EventRecord.ProcedureEnded ended = world.ended(operation).get(0);
            assertEquals(Outcome.SUCCEEDED, ended.outcome());
            assertEquals(meter.card().isdPs().get(1), meter.card().enabled());
        }
    }
}
