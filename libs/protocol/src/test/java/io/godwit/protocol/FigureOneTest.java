package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the paper's Figure 1, with an empty body, comes back byte for byte. */
class FigureOneTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A1|To_eUICC|{\"nid\":0,\"gid\":\"g\",\"type\":\"trigger\",\"body\":{}}",
                "A1|To_eUICC|{\"nid\":\"n\",\"gid\":0,\"type\":\"trigger\",\"body\":{}}",
                "A2|To_SM-SR|{\"nid\":0,\"gid\":\"g\",\"type\":\"ret(trigger)\",\"body\":{}}",
                "A2|To_SM-SR|{\"nid\":\"n\",\"gid\":0,\"type\":\"ret(trigger)\",\"body\":{}}",
                "B1|To_eUICC|{\"nid\":\"n\",\"gid\":0,\"type\":\"msg\",\"body\":{}}",
                "B2|To_SM-SR|{\"nid\":\"n\",\"gid\":0,\"type\":\"ret(msg)\",\"body\":{}}",
                "C1|To_eUICC|{\"nid\":0,\"gid\":\"g\",\"type\":\"msg\",\"body\":{}}",
                "C2|To_SM-SR|{\"nid\":0,\"gid\":\"g\",\"type\":\"ret(msg)\",\"body\":{}}",
                "D1|To_SM-SR|{\"nid\":0,\"gid\":\"g\",\"type\":\"trigger\",\"body\":{}}",
                "D1|To_SM-SR|{\"nid\":\"n\",\"gid\":0,\"type\":\"trigger\",\"body\":{}}",
                "D2|To_eUICC|{\"nid\":0,\"gid\":\"g\",\"type\":\"ret(trigger)\",\"body\":{}}",
                "D2|To_eUICC|{\"nid\":\"n\",\"gid\":0,\"type\":\"ret(trigger)\",\"body\":{}}",
                "E1|To_eUICC|{\"nid\":\"nid1\",\"gid\":\"g\",\"type\":\"req(nid2)\",\"body\":{}}",
                "E2|To_eUICC|{\"nid\":\"nid2\",\"gid\":\"g\",\"type\":\"profile(nid1)\",\"body\":{}}",
            })
    void lineIsThatStepAndRoundTrips(FlowStep step, String topic, String line) {
        RspMessageCodec.Result result =
                new RspMessageCodec(1024).decode(MqttTopic.of(topic).orElseThrow(), Octets.utf8(line));
        RspMessageCodec.Decoded decoded = assertInstanceOf(RspMessageCodec.Decoded.class, result);
        assertEquals(step, decoded.step());
        assertEquals(line, RspMessageCodec.encode(decoded.message()).toUtf8());
    }
}
