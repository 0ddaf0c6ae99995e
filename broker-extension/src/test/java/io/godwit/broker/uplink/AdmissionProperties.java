package io.godwit.broker.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.uplink.Admission.Admitted;
import io.godwit.broker.uplink.Admission.Author;
import io.godwit.broker.uplink.Admission.Decision;
import io.godwit.broker.uplink.Admission.Offer;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million damaged messages: none makes an exception, and none that is let through speaks for somebody else. */
class AdmissionProperties {
    private static final int MESSAGES = 1_000_000;
    private static final Nid SELF = new Nid("meter");
    private static final Author METER = new Author(SELF, gid -> gid.value().equals("meters"));
    private static final List<String> SEEDS = List.of(
            "{\"nid\":\"meter\",\"gid\":0,\"type\":\"ret(msg)\",\"body\":{\"id\":\"b.2\",\"sequence\":1,\"status\":\"answered\",\"packet\":\"AiQSAAAB\"}}",
            "{\"nid\":0,\"gid\":\"meters\",\"type\":\"trigger\",\"body\":{\"id\":\"d\",\"kind\":\"request\",\"reason\":\"\\u00e9\"}}",
            "{\"nid\":\"other\",\"gid\":\"meters\",\"type\":\"req(meter)\",\"body\":{\"id\":\"e-1\",\"x\":[1,2.5e3,null,true,{}]}}",
            "{\"nid\":\"meter\",\"gid\":\"meters\",\"type\":\"ret(trigger)\",\"body\":{}}");
    private static final String[] SPICES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "0",
        "\"0\"",
        "null",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "\"nid\":\"meter\",",
        "\"nid\":\"other\"",
        "1e999999",
        "-",
        "meter",
        "other",
        "meters",
        "[[[[[[[[[[[[[[[[[[[["
    };

    private final Admission admission = new Admission(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private final RspMessageCodec codec = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    @Test
    void noDamagedMessageBreaksOrFoolsTheAdmission() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int admitted = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Octets payload = damaged(random);
            MqttTopic topic = random.nextBoolean() ? MqttTopic.TO_SM_SR : MqttTopic.TO_EUICC;
            Decision decision = admission.decide(METER, new Offer(topic.literal(), 1, false, payload));
            if (decision instanceof Admitted) {
                admitted++;
                assertItsOwn(topic, payload, "seed " + seed + " message " + i);
            }
        }
        assertTrue(admitted > MESSAGES / 1000 && admitted < MESSAGES / 2, admitted + " admitted, seed " + seed);
    }

    private void assertItsOwn(MqttTopic topic, Octets payload, String where) {
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) codec.decode(topic, payload);
        assertTrue(decoded.step().comesFromDevice(), where);
        decoded.message().address().findGid().ifPresent(gid -> assertEquals("meters", gid.value(), where));
        if (topic == MqttTopic.TO_EUICC) {
            assertEquals(SELF, decoded.message().type().peer(), where);
        } else {
            decoded.message().address().findNid().ifPresent(nid -> assertEquals(SELF, nid, where));
        }
    }

    private static Octets damaged(Random random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        for (int blow = random.nextInt(4); blow > 0 && bytes.length > 0; blow--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = insert(bytes, at, SPICES[random.nextInt(SPICES.length)].getBytes(UTF_8));
                default -> bytes = insert(bytes, at, Arrays.copyOfRange(bytes, 0, at));
            }
        }
        return Octets.of(bytes);
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }
}
