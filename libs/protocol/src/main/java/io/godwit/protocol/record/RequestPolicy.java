package io.godwit.protocol.record;

import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a group, or a tenant where no group has a rule, answers to a card that asks by itself (flow D).
 *
 * @param rules one for a reason at most, and one at most for all that they do not name
 * @param moves who grants that a device takes the place of another one and gets its profile (flow E); empty: it says nothing of it.
 *     No rule is for that: what a device gets that only says {@code replacement} is a matter of its own card
 * @param profileOwners whose profiles may go to another device; empty: it says nothing of it
 */
public record RequestPolicy(
        List<RequestRule> rules, Optional<RequestRule.Grant> moves, Optional<Set<ProfileOwner>> profileOwners) {
    /** So many owners one policy names at most. */
    public static final int MOST_OWNERS = 64;

    /** Says nothing. */
    public static final RequestPolicy NONE = new RequestPolicy(List.of());

    /** @throws IllegalArgumentException when two rules are for one reason, or no owner or too many are named */
    public RequestPolicy {
        rules = List.copyOf(rules);
        profileOwners = profileOwners.map(Set::copyOf);
        if (profileOwners
                .filter(owners -> owners.isEmpty() || owners.size() > MOST_OWNERS)
                .isPresent()) {
            throw new IllegalArgumentException("profileOwners: name 1 to " + MOST_OWNERS
                    + ", or leave it out; that no profile may move is said by moves");
        }
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

    /** Whosever profile moves. */
    public RequestPolicy(List<RequestRule> rules, Optional<RequestRule.Grant> moves) {
        this(rules, moves, Optional.empty());
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

    /** {@code {"rules": [...], "moves": "automatic", "profileOwners": ["Operator A"]}}; of what a policy says nothing is left out. */
    public Json.Obj toJson() {
        return Json.object()
                .put("rules", rules.stream().map(RequestRule::toJson).toList())
                .put("moves", moves.map(RequestRule.Grant::literal).orElse(null))
                .put("profileOwners", profileOwners.map(RequestPolicy::names).orElse(null))
                .build();
    }

    private static Json.Arr names(Set<ProfileOwner> owners) {
        return new Json.Arr(owners.stream()
                .map(ProfileOwner::name)
                .sorted()
                .<Json>map(Json::of)
                .toList());
    }

    /** @throws MalformedRecordException when a rule is not as it should be */
    public static RequestPolicy fromJson(Fields fields) {
        try {
            return new RequestPolicy(
                    fields.list("rules", RequestRule::fromJson),
                    fields.findValue("moves", RequestRule.Grant::of),
                    fields.findTexts("profileOwners")
                            .map(names -> names.stream().map(ProfileOwner::new).collect(Collectors.toSet())));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("requests", String.valueOf(e.getMessage()));
        }
    }
}
