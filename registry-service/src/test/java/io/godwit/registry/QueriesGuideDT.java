package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/guides/queries.md} as they stand there; skipped, aloud, where there is no curl. */
@QuarkusTest
@Timeout(60)
class QueriesGuideDT extends RegistryIT {
    @Test
    void itsCommandsDoWhatItSays(@TempDir Path home) throws IOException, InterruptedException {
        operator(a()).put("/v1/groups/meters-seoul", "{}");
        operator(a()).put("/v1/groups/nobody-yet", "{}");
        enrol(a(), ",\"groups\":[\"meters-seoul\"]");
        Thread provisioningDoesItsPart = new Thread(this::completeTheOrder);
        provisioningDoesItsPart.start();
        String output = Guide.run("queries.md", home, base, TestTokens.token(a(), Roles.OPERATOR));
        provisioningDoesItsPart.join();
        assertFalse(output.contains("errors"), output);
        assertTrue(output.contains("event:progress"), output);
        assertTrue(output.contains("event:ended"), output);
    }

    private void completeTheOrder() {
        Provisioning.await(
                () -> !viewer(a()).get("/v1/operations?gid=nobody-yet").items().isEmpty());
        String id = viewer(a())
                .get("/v1/operations?gid=nobody-yet")
                .items()
                .get(0)
                .path("id")
                .asText();
        provisioning.tell(
                new EventRecord.OperationStarted(Instant.now(), new TenantId(a()), id, new Gid("nobody-yet"), 0));
    }
}
