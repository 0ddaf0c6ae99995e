package io.godwit.protocol.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.Refusal;
import io.godwit.protocol.Refusal.Reason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepBodyCodecTest {
    private static final JsonReader READER = new JsonReader(4096, 4);

    @Test
    void aTextWithAControlCharacterIsRefusedWhereverItStands() {
        // NUL, line feed, escape, DEL and a C1 control: as JSON escapes, for JSON forbids most of them unescaped.
        for (String control : new String[] {"\\u0000", "\\n", "\\u001b", "\\u007f", "\\u0085"}) {
            refused(
                    "body.reason",
                    FlowStep.A2,
                    "{\"id\":\"i\",\"status\":\"refused\",\"reason\":\"low" + control + "\"}");
            refused("body.reason", FlowStep.D1, "{\"id\":\"i\",\"kind\":\"request\",\"reason\":\"" + control + "\"}");
            refused(
                    "body.attachRefused",
                    FlowStep.D1,
                    "{\"id\":\"i\",\"kind\":\"notification\",\"packet\":\"AA==\",\"attachRefused\":\"" + control
                            + "\"}");
            refused("body.id", FlowStep.A2, "{\"id\":\"i" + control + "\",\"status\":\"ready\"}");
            refused("body.operation", FlowStep.A1, "{\"id\":\"i\",\"operation\":\"" + control + "o\"}");
        }
    }

    @Test
    void aTextInAnyLanguageIsTakenAsItIs() {
        String reason = "배터리 부족 \u00a0\ud83d\udd0b";
        StepBodyCodec.Decoded decoded = assertInstanceOf(
                StepBodyCodec.Decoded.class,
                decode(FlowStep.A2, "{\"id\":\"i\",\"status\":\"refused\",\"reason\":\"" + reason + "\"}"));
        assertEquals(new StepBody.TriggerResult("i", false, reason), decoded.body());
    }

    @Test
    void aNotificationMayTellWhyANetworkRefusedAndNeedNot() {
        String without = "{\"id\":\"i\",\"kind\":\"notification\",\"packet\":\"AA==\"}";
        String with = without.replace("}", ",\"attachRefused\":\"MAC_FAILURE\"}");
        for (String body : new String[] {without, with}) {
            StepBodyCodec.Decoded decoded = assertInstanceOf(StepBodyCodec.Decoded.class, decode(FlowStep.D1, body));
            assertEquals(
                    new StepBody.CardNotification("i", Octets.ofInts(0), body.equals(with) ? "MAC_FAILURE" : null),
                    decoded.body());
            assertEquals(body, JsonWriter.write(decoded.body().toJson()).toUtf8());
        }
        for (String wrong : new String[] {"7", "\"\"", "\"" + "x".repeat(65) + "\""}) {
            StepBodyCodec.Refused refused = assertInstanceOf(
                    StepBodyCodec.Refused.class, decode(FlowStep.D1, with.replace("\"MAC_FAILURE\"", wrong)));
            assertEquals("body.attachRefused", refused.refusal().field());
        }
    }

    @Test
    void bodiesOfFlowEAreReadAndWritten() {
        String first = "{\"id\":\"e-1\",\"reason\":\"broken\"}";
        assertRoundTrip(FlowStep.E1, first, new StepBody.ReplacementRequest("e-1", "broken", null, null));
        assertRoundTrip(
                FlowStep.E1,
                "{\"id\":\"e-1\",\"reason\":\"broken\",\"iccid\":\"89000123456789012341\",\"ticket\":\"t\"}",
                new StepBody.ReplacementRequest("e-1", "broken", new Iccid("89000123456789012341"), "t"));
        assertRoundTrip(
                FlowStep.E2,
                "{\"id\":\"e-1\",\"ticket\":\"t\",\"status\":\"refused\",\"reason\":\"no\"}",
                new StepBody.ReplacementAnswer("e-1", "t", "no"));
        assertRoundTrip(
                FlowStep.D2,
                "{\"id\":\"e-1\",\"status\":\"ticket\",\"ticket\":\"t\",\"until\":\"2026-01-31T11:00:00Z\"}",
                new StepBody.TicketGranted("e-1", "t", Instant.parse("2026-01-31T11:00:00Z")));
        assertEquals("body.iccid", field(FlowStep.E1, first.replace("}", ",\"iccid\":\"89000123456789012342\"}")));
        assertEquals("body.ticket", field(FlowStep.E1, first.replace("}", ",\"ticket\":\"\"}")));
        assertEquals("body.ticket", field(FlowStep.E2, "{\"id\":\"e-1\",\"status\":\"agreed\"}"));
        assertEquals("body.status", field(FlowStep.E2, "{\"id\":\"e-1\",\"ticket\":\"t\",\"status\":\"ok\"}"));
        assertEquals(
                "body.until",
                field(FlowStep.D2, "{\"id\":\"e\",\"status\":\"ticket\",\"ticket\":\"t\",\"until\":\"soon\"}"));
    }

    private static void assertRoundTrip(FlowStep step, String json, StepBody body) {
        StepBodyCodec.Decoded decoded = assertInstanceOf(StepBodyCodec.Decoded.class, decode(step, json));
        assertEquals(body, decoded.body());
        assertEquals(step, body.step());
        assertEquals(json, JsonWriter.write(body.toJson()).toUtf8());
    }

    private static String field(FlowStep step, String json) {
        return assertInstanceOf(StepBodyCodec.Refused.class, decode(step, json))
                .refusal()
                .field();
    }

    private static void refused(String field, FlowStep step, String body) {
        Refusal refusal = assertInstanceOf(StepBodyCodec.Refused.class, decode(step, body), body)
                .refusal();
        assertEquals(new Refusal(Reason.BAD_VALUE, field, "send no control characters"), refusal);
    }

    private static StepBodyCodec.Result decode(FlowStep step, String body) {
        Json.Obj object = assertInstanceOf(JsonReader.Read.class, READER.read(Octets.utf8(body)))
                .object();
        return StepBodyCodec.decode(step, object);
    }
}
