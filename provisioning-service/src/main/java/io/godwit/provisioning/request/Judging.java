package io.godwit.provisioning.request;

import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.request.Judgement.Refused;
import io.godwit.provisioning.request.Judgement.Ruled;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the rule for a request: that of the group that it names, else of the only group that has one, else the tenant's. */
public final class Judging {
    private Judging() {}

    /** @param address {@code (n,0)}, {@code (n,g)}, or {@code (0,g)} for the whole group */
    public static Judgement of(RequestReason reason, Address address, Asking asking) {
        if (address instanceof Address.Group group) {
            return forGroup(reason, group.gid(), asking);
        }
        Optional<Gid> context = address.findGid();
        List<GroupPolicy> inQuestion = asking.groups().stream()
                .filter(group -> context.isEmpty() || group.gid().equals(context.get()))
                .toList();
        if (context.isPresent() && inQuestion.isEmpty()) {
            return notAMember();
        }
        List<GroupPolicy> withRule = inQuestion.stream()
                .filter(group -> group.policy().rule(reason).isPresent())
                .toList();
        if (withRule.size() > 1) {
            return new Refused("SEVERAL_GROUPS", "several groups have a policy: ask with the gid of one");
        }
        if (withRule.size() == 1) {
            GroupPolicy group = withRule.get(0);
            return byRule(reason, group.policy(), Optional.of(group.gid()), Optional.empty());
        }
        return asking.tenant().rule(reason).isPresent()
                ? byRule(reason, asking.tenant(), Optional.empty(), Optional.empty())
                : noPolicy(!inQuestion.isEmpty());
    }

    /**
     * Who grants that a profile moves from one member of the group to another: the group's policy, else the tenant's, else an
     * operator. That rules refuse all else says nothing of it.
     *
     * @param group the policy of the group that the ticket names
     */
    public static RequestRule.Grant ofMove(RequestPolicy group, RequestPolicy tenant) {
        return group.moves().or(tenant::moves).orElse(RequestRule.Grant.APPROVAL);
    }

    /** Whose profiles may move to another device; empty: everybody's. A group's word goes before the tenant's. */
    public static Optional<Set<ProfileOwner>> ownersOfMove(RequestPolicy group, RequestPolicy tenant) {
        return group.profileOwners().or(tenant::profileOwners);
    }

    /** The device speaks for its group, if the policy lets it. */
    private static Judgement forGroup(RequestReason reason, Gid gid, Asking asking) {
        Optional<GroupPolicy> found =
                asking.groups().stream().filter(one -> one.gid().equals(gid)).findFirst();
        if (found.isEmpty()) {
            return notAMember();
        }
        GroupPolicy group = found.get();
        if (!group.spokesman()) {
            return new Refused("NOT_SPOKESMAN", "the device is not its spokesman");
        }
        boolean own = group.policy().rule(reason).isPresent();
        if (!own && asking.tenant().rule(reason).isEmpty()) {
            return noPolicy(true);
        }
        Judgement judgement = own
                ? byRule(reason, group.policy(), Optional.of(gid), found)
                : byRule(reason, asking.tenant(), Optional.empty(), found);
        return judgement instanceof Ruled ruled && ruled.granted() instanceof Granted.FromStock
                ? new Refused("NOT_FOR_GROUP", "a profile out of stock is for one card: each member asks for itself")
                : judgement;
    }

    private static Judgement byRule(
            RequestReason reason, RequestPolicy policy, Optional<Gid> scope, Optional<GroupPolicy> group) {
        RequestRule rule = policy.rule(reason).orElseThrow();
        return rule.granted()
                .<Judgement>map(granted -> new Ruled(rule, scope, policy.reasonsOf(rule), granted, group))
                .orElseGet(() -> new Refused("POLICY_REFUSES", "the policy refuses requests for this reason"));
    }

    private static Refused notAMember() {
        return new Refused("NOT_A_MEMBER", "the device is not a member of this group");
    }

    private static Refused noPolicy(boolean hasGroup) {
        return new Refused("NO_POLICY", hasGroup ? "the policy of the group refuses requests" : "no group, no policy");
    }
}
