package io.godwit.broker.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.uplink.Admission.Admitted;
import io.godwit.broker.uplink.Admission.Decision;
import io.godwit.broker.uplink.Admission.Offer;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million damaged messages: none makes an exception, and none that is let through speaks for somebody else. */
class AdmissionProperties {
    private static final int MESSAGES = 1_000_000;
    private static final Nid SELF = DamagedMessages.AUTHOR.nid();

    private final Admission admission = new Admission(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private final RspMessageCodec codec = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    @Test
    void noDamagedMessageBreaksOrFoolsTheAdmission() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dgodwit.seed)");
        Random random = new Random(seed);
        int admitted = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Octets payload = DamagedMessages.next(random);
            MqttTopic topic = random.nextBoolean() ? MqttTopic.TO_SM_SR : MqttTopic.TO_EUICC;
            Decision decision = admission.decide(DamagedMessages.AUTHOR, new Offer(topic.literal(), 1, false, payload));
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
}
