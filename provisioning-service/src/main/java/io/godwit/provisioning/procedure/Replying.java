package io.godwit.provisioning.procedure;

import io.godwit.protocol.Address;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;

/** D2 that needs no packet. */
record Replying(Folding folding) {
    /** The SM-SR has what the D1 brought. */
    void received(String d1) {
        reply(new StepBody.Received(d1, null));
    }

    void reply(StepBody body) {
        Address device = new Address.Single(folding.card().nid());
        folding.answer(
                body.id(),
                RspMessageCodec.encode(body.toMessage(device)),
                folding.moment().now().plus(folding.moment().rules().settleValidity()));
    }
}
