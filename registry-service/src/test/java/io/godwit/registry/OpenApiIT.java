package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/openapi.yaml} against the code. After a wanted change:
 * {@code mvn -pl registry-service -am verify -Dit.test=OpenApiIT -Dgodwit.docs.write=true}.
 */
@QuarkusTest
class OpenApiIT extends RegistryIT {
    private static final Path SNAPSHOT = Path.of("..", "docs", "openapi.yaml");

    @TestHTTPResource("/q/openapi")
    URI openApi;

    @Test
    void theDescribedApiIsTheOneThatRuns() throws IOException {
        String described;
        try (InputStream in = openApi.toURL().openStream()) {
            // The server's address is this machine's and no part of the contract.
            described = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^servers:\\R(?:[- ].*\\R)*", "");
        }
        if (Boolean.getBoolean("godwit.docs.write")) {
            Files.writeString(SNAPSHOT, described);
        }
        assertEquals(Files.readString(SNAPSHOT), described, "docs/openapi.yaml is stale");
    }
}
