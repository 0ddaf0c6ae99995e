package io.godwit.registry.caller;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.EsFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who may order what, and on whose profiles: a card is its tenant's, a profile its operator's (SGP.02 ES4, M2M SP and MNO). Decided
 * from caller and function alone; which profile of a card that is, only the SM-SR can say.
 */
public final class Rights {
    private Rights() {}

    /** On which profiles of a card an order may be carried out. */
    public sealed interface Reach {
        /** On whichever it names. */
        record AnyProfile() implements Reach {}

        /** On those of that operator. */
        record OwnProfiles(ProfileOwner owner) implements Reach {}

        /** On none. */
        record Refused(Problem problem) implements Reach {}

        /**
         * The operator to whose profiles it is narrowed; {@code null}: to none's.
         *
         * @throws ProblemException 403 when it is refused
         */
        default @Nullable ProfileOwner owner() {
            if (this instanceof Refused refused) {
                throw new ProblemException(refused.problem());
            }
            return this instanceof OwnProfiles own ? own.owner() : null;
        }
    }

    /** @param forGroup whether the order is for all members of a group */
    public static Reach ofOrder(Caller caller, EsFunction.Name function, boolean forGroup) {
        if (function.isForOwner()) {
            return caller.owner()
                    .<Reach>map(Reach.OwnProfiles::new)
                    .orElseGet(() -> new Reach.Refused(Caller.notTheOwner()));
        }
        if (caller.operator()) {
            return new Reach.AnyProfile();
        }
        if (caller.owner().isEmpty()) {
            return new Reach.Refused(forOperators("Orders", "use a token with the role operator"));
        }
        if (forGroup) {
            return new Reach.Refused(forOperators(
                    "Orders for a group", "order by nid, card by card; the operator of the tenant orders for groups"));
        }
        return isOnOwnProfile(function)
                ? new Reach.OwnProfiles(caller.owner().get())
                : new Reach.Refused(
                        forOperators(function.literal(), "it is about the card: the operator of the tenant orders it"));
    }

    /**
     * The fall-back attribute is not among them: it is the card's, and to set it on a profile takes it from another, which may be
     * another operator's.
     */
    private static boolean isOnOwnProfile(EsFunction.Name function) {
        return switch (function) {
            case DOWNLOAD_PROFILE, ENABLE_PROFILE, DISABLE_PROFILE, DELETE_PROFILE, UPDATE_CONNECTIVITY_PARAMETERS ->
                true;
            case SET_FALLBACK_ATTRIBUTE,
                    EUICC_CAPABILITY_AUDIT,
                    ESTABLISH_ISDR_KEY_SET,
                    MASTER_DELETE,
                    UPDATE_POLICY_RULES,
                    UPDATE_POL1_BY_MNO -> false;
        };
    }

    /** 403 of what is for the tenant's operator, and not for that of profiles. */
    public static Problem forOperators(String what, String remedy) {
        return Problem.of(
                403, "not-for-profile-owners", "That is not for the operator of profiles alone", what + ": " + remedy);
    }
}
