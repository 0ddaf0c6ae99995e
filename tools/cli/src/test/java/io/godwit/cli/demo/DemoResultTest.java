package io.godwit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static DemoResult result(long succeeded, List<String> mismatches, boolean granted) {
        return new DemoResult(
                2,
                succeeded,
                2 - succeeded,
                Map.of("Executed-Success", succeeded),
                1.25,
                Map.of("A1", 2L),
                Map.of("kafka", 0.5),
                mismatches,
                granted);
    }

    @Test
    void soundOnlyWhenEveryCardIsWhereItsEisSaysAndTheRequestWasGranted() {
        assertTrue(result(2, List.of(), true).isSound());
        assertFalse(result(1, List.of(), true).isSound());
        assertFalse(result(2, List.of("card-1"), true).isSound());
        assertFalse(result(2, List.of(), false).isSound());
    }

    @Test
    void jsonHasWhatScriptsReadFirst() {
        assertEquals(
                "{\"cards\":2,\"succeeded\":2,\"failed\":0,\"seconds\":1.25,\"publishes\":{\"A1\":2},"
                        + "\"cpuMillisPerCard\":{\"kafka\":0.50},\"outcomes\":{\"Executed-Success\":2},"
                        + "\"mismatches\":[],\"requestGranted\":true}",
                JsonWriter.write(result(2, List.of(), true).toJson()).toUtf8());
    }
}
