package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RspMessageCodecTest {
    private static final RspMessageCodec CODEC = new RspMessageCodec(512);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOT_JSON        | message | {\"nid\":\"n\"",
                "NOT_JSON        | message | {nid:1}",
                "NOT_JSON        | message | {\"nid\":01}",
                "NOT_JSON        | message | {\"nid\":NaN}",
                "NOT_JSON        | message | {\"nid\":\"n\",}",
                "NOT_JSON        | message | {\"nid\":\"n\"/**/}",
                "WRONG_TYPE      | message | []",
                "WRONG_TYPE      | message | 7",
                "WRONG_TYPE      | message | ``",
                "TRAILING_DATA   | message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{}} {}",
                "DUPLICATE_MEMBER| message | {\"nid\":\"n\",\"nid\":\"m\",\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "DUPLICATE_MEMBER| message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":1,\"a\":1}}",
                "UNKNOWN_MEMBER  | message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{},\"x\":1}",
                "MISSING_MEMBER  | body    | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\"}",
                "MISSING_MEMBER  | gid     | {\"nid\":\"n\",\"type\":\"msg\",\"body\":{}}",
                "WRONG_TYPE      | nid     | {\"nid\":1,\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "WRONG_TYPE      | nid     | {\"nid\":null,\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "WRONG_TYPE      | gid     | {\"nid\":\"n\",\"gid\":0.0,\"type\":\"msg\",\"body\":{}}",
                "WRONG_TYPE      | gid     | {\"nid\":\"n\",\"gid\":-0,\"type\":\"msg\",\"body\":{}}",
                "BAD_VALUE       | nid     | {\"nid\":\"\",\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "BAD_VALUE       | nid     | {\"nid\":\"a/b\",\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "BAD_VALUE       | gid     | {\"nid\":\"n\",\"gid\":\"#\",\"type\":\"msg\",\"body\":{}}",
                "NO_ADDRESS      | nid     | {\"nid\":0,\"gid\":\"0\",\"type\":\"msg\",\"body\":{}}",
                "WRONG_TYPE      | type    | {\"nid\":\"n\",\"gid\":0,\"type\":1,\"body\":{}}",
                "BAD_VALUE       | type    | {\"nid\":\"n\",\"gid\":0,\"type\":\"MSG\",\"body\":{}}",
                "BAD_VALUE       | type    | {\"nid\":\"n\",\"gid\":0,\"type\":\"req()\",\"body\":{}}",
                "BAD_VALUE       | type    | {\"nid\":\"n\",\"gid\":0,\"type\":\"req(0)\",\"body\":{}}",
                "WRONG_TYPE      | body    | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":[]}",
                "NO_SUCH_STEP    | type    | {\"nid\":\"n\",\"gid\":0,\"type\":\"ret(msg)\",\"body\":{}}",
                "NO_SUCH_STEP    | type    | {\"nid\":\"n\",\"gid\":\"g\",\"type\":\"msg\",\"body\":{}}",
                "BAD_VALUE       | message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":1e99999999999}}",
                "NOT_JSON        | message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":\"\u0009\"}}",
                "NOT_UTF8        | message | {\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":\"\\ud800\"}}",
            })
    void whatIsWrongIsNamed(Reason reason, String field, String payload) {
        Refusal refusal = refusal(Octets.utf8(payload));
        assertEquals(reason, refusal.reason());
        assertEquals(field, refusal.field());
    }

    @Test
    void anAbsentIdIsTheNumberOrTheStringZero() {
        Octets withString = Octets.utf8("{\"gid\":\"0\",\"nid\":\"n\",\"body\":{},\"type\":\"msg\"}");
        RspMessageCodec.Decoded decoded =
                assertInstanceOf(RspMessageCodec.Decoded.class, CODEC.decode(MqttTopic.TO_EUICC, withString));
        assertEquals(new Address.Single(new Nid("n")), decoded.message().address());
        assertEquals(
                "{\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                RspMessageCodec.encode(decoded.message()).toUtf8());
    }

    @Test
    void overlongUtf8IsRefused() {
        Octets overlong = Octets.concat(
                Octets.utf8("{\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":\""),
                Octets.fromHex("c0af"),
                Octets.utf8("\"}}"));
        assertEquals(Reason.NOT_UTF8, refusal(overlong).reason());
    }

    @Test
    void oversizeIsRefusedUnread() {
        assertEquals(Reason.TOO_LARGE, refusal(Octets.of(new byte[513])).reason());
    }

    @Test
    void deepNestingIsRefused() {
        String deep =
                "{\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}}";
        assertEquals(Reason.TOO_DEEP, refusal(Octets.utf8(deep)).reason());
    }

    private static Refusal refusal(Octets payload) {
        return assertInstanceOf(RspMessageCodec.Refused.class, CODEC.decode(MqttTopic.TO_EUICC, payload))
                .refusal();
    }
}
