package io.godwit.registry.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which transport keys callers may still encrypt to. */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
class TransportKeysIT {
    private static final Instant BORN = Instant.parse("2026-01-31T10:00:00Z");

    @Inject
    TenantTransaction transactions;

    private final String role = "role-" + UUID.randomUUID();

    @Test
    void theCurrentKeyAndTheOneBeforeAreTakenInWhateverOrderTheyAreHeardOf() throws SQLException {
        assertEquals(Set.of(), ids());
        put("second", 1);
        assertEquals(Set.of("second"), ids());
        put("third", 2);
        put("first", 0);
        assertEquals(Set.of("second", "third"), ids());
        put("first", 9);
        assertEquals(Set.of("second", "third"), ids(), "a key that is told again is not newer");
        put("fourth", 3);
        assertEquals(Set.of("third", "fourth"), ids());
    }

    private void put(String id, int hours) throws SQLException {
        transactions.asPlatform(connection -> {
            TransportKeys.put(
                    connection,
                    new EventRecord.TransportKey(
                            BORN.plusSeconds(3600L * hours),
                            role,
                            id,
                            Json.object().build()));
            return id;
        });
    }

    private Set<String> ids() throws SQLException {
        return transactions.asPlatform(connection -> TransportKeys.ids(connection, role));
    }
}
