package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.introspection.IntrospectionQuery;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.AstPrinter;
import graphql.language.Document;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/schema.graphql} against the code. After a wanted change:
 * {@code mvn -pl registry-service -am verify -Dit.test=GraphSchemaIT -Dgodwit.docs.write=true}.
 */
@QuarkusTest
class GraphSchemaIT extends RegistryIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SNAPSHOT = Path.of("..", "docs", "schema.graphql");

    @TestHTTPResource("/graphql/schema.graphql")
    URI schema;

    @Test
    void theDescribedSchemaIsTheOneThatRuns() throws IOException {
        String described;
        try (InputStream in = schema.toURL().openStream()) {
            described = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (Boolean.getBoolean("godwit.docs.write")) {
            Files.writeString(SNAPSHOT, described);
        }
        assertEquals(Files.readString(SNAPSHOT), described, "docs/schema.graphql is stale");
    }

    @Test
    void aStockClientIsToldTheSchema() {
        Api.Answer answer = nobody().graph(IntrospectionQuery.INTROSPECTION_QUERY);
        assertEquals(200, answer.status());
        assertFalse(answer.body().has("errors"), answer.body().toString());
        List<String> types = new ArrayList<>();
        answer.body()
                .at("/data/__schema/types")
                .forEach(type -> types.add(type.path("name").asText()));
        assertTrue(
                types.containsAll(List.of("Query", "Euicc", "Group", "Operation", "Campaign", "PageInfo")),
                types.toString());
        assertTrue(answer.body().at("/data/__schema/mutationType").isNull());
        // The client makes a schema of it, as code generators do.
        Map<String, Object> data = MAPPER.convertValue(answer.body().path("data"), new TypeReference<>() {});
        Document document = new IntrospectionResultToSchema().createSchemaDefinition(data);
        assertTrue(AstPrinter.printAst(document).contains("type EuiccConnection"));
    }
}
