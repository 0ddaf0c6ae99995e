package io.godwit.provisioning.procedure;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import java.time.Instant;

/** D2 that needs no packet. */
record Replying(Folding folding) {
    /** The SM-SR has what the D1 brought. */
    void received(String d1) {
        reply(new StepBody.Received(d1, null));
    }

    void reply(StepBody body) {
        folding.answer(body.id(), encode(body), until());
    }

    /** The same, of what is made anew for a repeated D1. */
    void replyOnce(StepBody body) {
        folding.send(new Outgoing.Message(FlowStep.D2, body.id(), encode(body), until()));
    }

    private Octets encode(StepBody body) {
        return RspMessageCodec.encode(
                body.toMessage(new Address.Single(folding.card().nid())));
    }

    private Instant until() {
        return folding.moment().now().plus(folding.moment().rules().settleValidity());
    }
}
