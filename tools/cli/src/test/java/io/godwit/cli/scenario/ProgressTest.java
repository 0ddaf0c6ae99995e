package io.godwit.cli.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void anOperationInGroupModeTellsItsCampaign() {
        String line = shown(
                "{\"succeeded\":2,\"counts\":{\"Succeeded\":2},\"campaign\":{\"state\":\"Commanded\",\"triggers\":1,"
                        + "\"commands\":2,\"repaired\":3}}");
        assertTrue(line.contains("2/4"), line);
        assertTrue(line.contains("campaign Commanded: 1 A1, 2 C1, 3 repaired"), line);
    }

    @Test
    void aCampaignThatNothingIsKnownOfYetIsOrdered() {
        String line = shown("{\"campaign\":{\"triggers\":0,\"commands\":0,\"repaired\":0}}");
        assertTrue(line.contains("campaign Ordered: 0 A1"), line);
    }

    @Test
    void anOperationInSingleModeHasNone() {
        assertFalse(shown("{\"succeeded\":2,\"counts\":{\"Succeeded\":2}}").contains("campaign"));
    }

    private static String shown(String operation) {
        StringWriter text = new StringWriter();
        Json.Obj object = ((JsonReader.Read) new JsonReader(10_000, 8).read(Octets.utf8(operation))).object();
        new Progress(new PrintWriter(text), false).show(object, 4, 1, true);
        return text.toString();
    }
}
