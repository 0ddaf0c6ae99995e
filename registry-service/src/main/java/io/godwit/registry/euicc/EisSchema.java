package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The form of an EIS: {@code docs/eis.schema.json}, the very file that card makers read. */
final class EisSchema {
    private static final int MOST_ERRORS = 10;

    /** Made once: reading the schema costs more than holding a card against it. */
    static final EisSchema INSTANCE = new EisSchema();

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonSchema schema;

    private EisSchema() {
        try (InputStream file = Objects.requireNonNull(
                EisSchema.class.getResourceAsStream("/eis.schema.json"), "eis.schema.json is not on the class path")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(mapper.readTree(file));
            schema.initializeValidators();
        } catch (IOException e) {
            throw new UncheckedIOException("eis.schema.json cannot be read", e);
        }
    }

    /** What is wrong with the form, at most ten faults; empty when nothing is. */
    List<FieldError> check(Json.Obj eis) {
        return schema.validate(node(eis)).stream()
                .limit(MOST_ERRORS)
                .map(EisSchema::error)
                .toList();
    }

    private JsonNode node(Json.Obj eis) {
        try {
            return mapper.readTree(JsonWriter.write(eis).toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("our own JSON cannot be read", e);
        }
    }

    private static FieldError error(ValidationMessage message) {
        String path = message.getInstanceLocation().toString().replaceFirst("^\\$", "eis");
        String property = message.getProperty();
        String sentence = message.getMessage().replaceFirst("^[^:]*: ", "");
        return new FieldError(property == null ? path : path + "." + property, sentence);
    }
}
