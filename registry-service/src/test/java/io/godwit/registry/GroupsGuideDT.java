package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.SteerCampaign;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/guides/groups.md} as they stand there; skipped, aloud, where there is no curl. */
@QuarkusTest
class GroupsGuideDT extends RegistryIT {
    @Test
    void itsCommandsDoWhatItSays(@TempDir Path home) throws IOException, InterruptedException {
        for (int i = 1; i <= 4; i++) {
            enrol(a(), ",\"nid\":\"meter-000" + i + "\"");
        }
        Guide.run("groups.md", home, base, TestTokens.token(a(), Roles.OPERATOR));

        assertEquals(
                3,
                viewer(a()).get("/v1/groups/meters-seoul").body().path("epoch").asInt(),
                "two removals for security");
        List<OrderRecord> orders =
                provisioning.orders(order -> order.tenant().value().equals(a()));
        OrderRecord.OnGroup ordered = orders.stream()
                .filter(OrderRecord.OnGroup.class::isInstance)
                .map(OrderRecord.OnGroup.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(new CampaignPlan(10, 20, Duration.ofSeconds(30)), ordered.campaign());
        assertEquals(
                List.of("pause", "resume", "cancel"),
                orders.stream()
                        .filter(SteerCampaign.class::isInstance)
                        .map(order -> ((SteerCampaign) order).steering().literal())
                        .toList());
        assertTrue(viewer(a())
                .get("/v1/audit-entries?limit=1000")
                .body()
                .toString()
                .contains("SpokesmanAppointed"));
    }
}
