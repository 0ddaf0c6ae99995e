package io.godwit.protocol.record;

import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a group, or a tenant where no group has a rule, answers to a card that asks by itself (flow D).
 *
 * @param rules one for a reason at most, and one at most for all that they do not name
 * @param moves who grants that a device takes the place of another one and gets its profile (flow E); empty: it says nothing of it.
 *     No rule is for that: what a device gets that only says {@code replacement} is a matter of its own card
 */
public record RequestPolicy(List<RequestRule> rules, Optional<RequestRule.Grant> moves) {
    /** Says nothing. */
    public static final RequestPolicy NONE = new RequestPolicy(List.of());

    /** @throws IllegalArgumentException when two rules are for one reason */
    public RequestPolicy {
        rules = List.copyOf(rules);
        Set<RequestReason> seen = EnumSet.noneOf(RequestReason.class);
        for (RequestRule rule : rules) {
            for (RequestReason reason : rule.reasons()) {
                if (!seen.add(reason)) {
                    throw new IllegalArgumentException("reasons: several rules are for " + reason.literal());
                }
            }
        }
        if (rules.stream().filter(rule -> rule.reasons().isEmpty()).count() > 1) {
            throw new IllegalArgumentException("reasons: one rule at most may leave them out");
        }
    }

    /** Says nothing of moves. */
    public RequestPolicy(List<RequestRule> rules) {
        this(rules, Optional.empty());
    }

    /** That function for whoever asks. */
    public static RequestPolicy automatic(EsFunction function) {
        return new RequestPolicy(List.of(RequestRule.automatic(new Granted.Function(function))));
    }

    /** The rule for that reason; empty: it says nothing of it. */
    public Optional<RequestRule> rule(RequestReason reason) {
        return Stream.concat(
                        rules.stream().filter(rule -> rule.reasons().contains(reason)),
                        rules.stream().filter(rule -> rule.reasons().isEmpty()))
                .findFirst();
    }

    /** All reasons that {@code rule} of this policy is for. */
    public Set<RequestReason> reasonsOf(RequestRule rule) {
        Set<RequestReason> reasons = EnumSet.noneOf(RequestReason.class);
        for (RequestReason reason : RequestReason.values()) {
            if (rule(reason).filter(rule::equals).isPresent()) {
                reasons.add(reason);
            }
        }
        return reasons;
    }

    /** The function, where the policy is {@link #automatic(EsFunction)} and no more. */
    public Optional<EsFunction> shorthand() {
        return rules.size() == 1
                        && rules.get(0).granted().orElse(null) instanceof Granted.Function granted
                        && equals(automatic(granted.function()))
                ? Optional.of(granted.function())
                : Optional.empty();
    }

    /** {@code {"rules": [...], "moves": "automatic"}}; a policy that says nothing of moves leaves them out. */
    public Json.Obj toJson() {
        return Json.object()
                .put("rules", rules.stream().map(RequestRule::toJson).toList())
                .put("moves", moves.map(RequestRule.Grant::literal).orElse(null))
                .build();
    }

    /** @throws MalformedRecordException when a rule is not as it should be */
    public static RequestPolicy fromJson(Fields fields) {
        try {
            return new RequestPolicy(
                    fields.list("rules", RequestRule::fromJson), fields.findValue("moves", RequestRule.Grant::of));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("requests", String.valueOf(e.getMessage()));
        }
    }
}
