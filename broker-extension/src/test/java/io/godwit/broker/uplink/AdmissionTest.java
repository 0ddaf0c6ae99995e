package io.godwit.broker.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.broker.uplink.Admission.Admitted;
import io.godwit.broker.uplink.Admission.Author;
import io.godwit.broker.uplink.Admission.Offer;
import io.godwit.broker.uplink.Admission.Refused;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.Refusal;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Author METER = new Author(new Nid("meter"), new Gid("meters")::equals);

    private final Admission admission = new Admission(4096);

    @Test
    void aDeviceSendsItsOwnSteps() {
        assertAdmitted(FlowStep.A2, "To_SM-SR", message("\"meter\"", "0", "ret(trigger)"));
        assertAdmitted(FlowStep.A2, "To_SM-SR", message("\"meter\"", "\"meters\"", "ret(trigger)"));
        assertAdmitted(FlowStep.A2, "To_SM-SR", message("0", "\"meters\"", "ret(trigger)"));
        assertAdmitted(FlowStep.B2, "To_SM-SR", message("\"meter\"", "0", "ret(msg)"));
        assertAdmitted(FlowStep.C2, "To_SM-SR", message("\"meter\"", "\"meters\"", "ret(msg)"));
        assertAdmitted(FlowStep.D1, "To_SM-SR", message("\"meter\"", "0", "trigger"));
        assertAdmitted(FlowStep.E1, "To_eUICC", message("\"other\"", "\"meters\"", "req(meter)"));
        assertAdmitted(FlowStep.E2, "To_eUICC", message("\"other\"", "\"meters\"", "profile(meter)"));
    }

    @Test
    void nobodySpeaksForAnother() {
        assertRefused(Grounds.FOREIGN_NID, "To_SM-SR", message("\"other\"", "0", "ret(msg)"));
        assertRefused(Grounds.FOREIGN_NID, "To_SM-SR", message("\"other\"", "\"meters\"", "ret(msg)"));
        assertRefused(Grounds.FOREIGN_NID, "To_eUICC", message("\"other\"", "\"meters\"", "req(other)"));
        assertRefused(Grounds.FOREIGN_NID, "To_eUICC", message("\"meter\"", "\"meters\"", "profile(other)"));
        assertRefused(Grounds.NOT_A_MEMBER, "To_SM-SR", message("0", "\"pumps\"", "trigger"));
        assertRefused(Grounds.NOT_A_MEMBER, "To_SM-SR", message("\"meter\"", "\"pumps\"", "trigger"));
        assertRefused(Grounds.NOT_A_MEMBER, "To_eUICC", message("\"other\"", "\"pumps\"", "req(meter)"));
    }

    @Test
    void nobodySpeaksForTheSmSr() {
        assertRefused(Grounds.TOPIC, "To_eUICC", message("\"meter\"", "0", "msg"));
        assertRefused(Grounds.TOPIC, "To_eUICC", message("\"meter\"", "0", "trigger"));
        assertRefused(Grounds.TOPIC, "To_eUICC", message("\"meter\"", "0", "ret(trigger)"));
        assertRefused(Grounds.NO_SUCH_STEP, "To_SM-SR", message("\"meter\"", "0", "msg"));
        assertRefused(Grounds.NO_SUCH_STEP, "To_SM-SR", message("\"meter\"", "\"meters\"", "req(meter)"));
    }

    @Test
    void topicRetainFlagQosAndSizeAreLookedAt() {
        String payload = message("\"meter\"", "0", "ret(msg)");
        for (String topic : new String[] {"to_sm-sr", "To_SM-SR/", "/To_SM-SR", "", "$SYS", "other"}) {
            assertRefused(Grounds.TOPIC, topic, payload);
        }
        assertEquals(Grounds.RETAINED, refusal(new Offer("To_SM-SR", 1, true, Octets.utf8(payload))));
        assertEquals(Grounds.QOS, refusal(new Offer("To_SM-SR", 2, false, Octets.utf8(payload))));
        assertRefused(Grounds.TOO_LARGE, "To_SM-SR", payload + " ".repeat(4096));
        assertInstanceOf(
                Admitted.class,
                admission.decide(METER, new Offer("To_SM-SR", 0, false, Octets.utf8(payload))),
                "QoS 0 is taken, best effort");
    }

    @Test
    void eachReasonOfTheDecoderHasItsGrounds() {
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            assertEquals(reason.name(), Grounds.of(reason).name());
        }
    }

    private void assertAdmitted(FlowStep step, String topic, String payload) {
        Admitted admitted = assertInstanceOf(Admitted.class, admission.decide(METER, offer(topic, payload)));
        assertEquals(step, admitted.step());
        assertEquals(topic, admitted.topic().literal());
    }

    private void assertRefused(Grounds grounds, String topic, String payload) {
        assertEquals(grounds, refusal(offer(topic, payload)));
    }

    private Grounds refusal(Offer offer) {
        return assertInstanceOf(Refused.class, admission.decide(METER, offer)).grounds();
    }

    private static Offer offer(String topic, String payload) {
        return new Offer(topic, 1, false, Octets.utf8(payload));
    }

    private static String message(String nid, String gid, String type) {
        return "{\"nid\":" + nid + ",\"gid\":" + gid + ",\"type\":\"" + type + "\",\"body\":{\"id\":\"x\"}}";
    }
}
