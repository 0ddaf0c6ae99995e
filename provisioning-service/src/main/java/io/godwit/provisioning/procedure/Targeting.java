package io.godwit.provisioning.procedure;

import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.Outcome;
import java.util.List;

/**
 * Which profile an order is for. It is looked for when the order's turn comes, among the profiles of the operator that the order is
 * narrowed to: so whatever has become of the card meanwhile, no such order comes to another's profile.
 */
final class Targeting {
    private Targeting() {}

    /** The profiles that are meant: one if all is well. */
    static List<Profile> of(Purpose.Carry order, Eis eis) {
        List<Profile> named = eis.matching(order.function().findTarget().orElseThrow());
        ProfileOwner owner = order.owner();
        if (owner == null) {
            return order.function().name().isForOwner() ? List.of() : named;
        }
        return named.stream().filter(profile -> profile.isOf(owner)).toList();
    }

    /** There is none. Whether another operator has one that would be it, is not told. */
    static Outcome notFound(Purpose.Carry order) {
        ProfileOwner owner = order.owner();
        if (owner != null) {
            return Outcome.failed("TARGET_NOT_FOUND", "no profile of " + owner + " on the card is the target");
        }
        return Outcome.failed(
                "TARGET_NOT_FOUND",
                order.function().name().isForOwner()
                        ? "the order does not say whose profile it is: order it again as the profile's owner"
                        : "no profile of the card is the target");
    }

    static Outcome ambiguous() {
        return Outcome.failed(
                "TARGET_AMBIGUOUS", "several profiles of the card are the target: name one by AID or ICCID");
    }
}
