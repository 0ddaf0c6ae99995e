package io.godwit.provisioning.procedure;

import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.PolicyRules;

/** UpdatePolicyRules: POL2 is in the EIS, which is the SM-SR's. The card knows nothing of it, and need not be online. */
final class UpdatingPolicy {
    private UpdatingPolicy() {}

    static Decision of(Turn turn, Profile target, PolicyRules rules) {
        return rules.areAs(target.pol2())
                ? turn.end(new Outcome(
                        Outcome.Status.EXECUTED_WITH_WARNING,
                        "ALREADY_SO",
                        "the profile's POL2 has these rules already"))
                : turn.endWith(turn.card().eis().withPol2(target.aid(), rules.rules()), Outcome.SUCCEEDED);
    }
}
