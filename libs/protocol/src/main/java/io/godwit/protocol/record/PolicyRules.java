package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The POL2 that a profile is to have from now on, in place of the one that it has (UpdatePolicyRules, SGP.02 ES3 and ES4).
 *
 * @param rules all of them; none: nothing is forbidden and nothing deleted
 */
public record PolicyRules(List<Pol2Rule> rules) implements InputData {
    /** @throws IllegalArgumentException naming the member, when a rule comes twice or can never be applied */
    public PolicyRules {
        rules = List.copyOf(rules);
        Set<Pol2Rule> seen = new HashSet<>();
        for (Pol2Rule rule : rules) {
            if (!seen.add(rule)) {
                throw new IllegalArgumentException("pol2: " + rule.sentence() + " comes twice");
            }
            if (rule.qualification() == Pol2Rule.Qualification.AUTO_DELETE
                    && rule.action() != Pol2Rule.Action.DISABLE) {
                throw new IllegalArgumentException("pol2: AutoDelete goes with DISABLE and with no other action");
            }
        }
    }

    /** Whether {@code others} say the same, in whatever order. */
    public boolean areAs(List<Pol2Rule> others) {
        return Set.copyOf(rules).equals(Set.copyOf(others));
    }

    @Override
    public Kind kind() {
        return Kind.POLICY_RULES;
    }

    @Override
    public Json toJson() {
        return new Json.Arr(rules.stream().<Json>map(Pol2Rule::toJson).toList());
    }
}
