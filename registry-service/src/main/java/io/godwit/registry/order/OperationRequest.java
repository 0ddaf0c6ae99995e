package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.registry.caller.Caller;
import io.godwit.registry.caller.Rights;
import io.godwit.registry.caller.Rights.Reach;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An order: a function on one card or on every member of a group.
 *
 * @param nid the card, or {@code gid} the group; exactly one of them
 * @param mode {@code single} (when absent), or {@code group} for an order on a group
 * @param campaign how it is done in group mode; as usual when absent
 * @param validitySeconds after which a card without an outcome has expired; a day when absent
 */
public record OperationRequest(
        @Nullable FunctionBody function,
        @Nullable String nid,
        @Nullable String gid,
        @Nullable Long validitySeconds,
        @Nullable String mode,
        @Nullable CampaignBody campaign) {
    private static final Duration DEFAULT_VALIDITY = Duration.ofDays(1);
    private static final Duration MAX_VALIDITY = Duration.ofDays(90);

    /**
     * The request with everything checked that needs no look at the database.
     *
     * @param plan in group mode only
     * @param owner the operator to whose profiles it is narrowed; {@code null}: to none's
     */
    record Checked(
            EsFunction function,
            @Nullable Nid nid,
            @Nullable Gid gid,
            Duration validity,
            @Nullable CampaignPlan plan,
            @Nullable ProfileOwner owner) {
        OperationMode mode() {
            return plan == null ? OperationMode.SINGLE : OperationMode.GROUP;
        }

        /** Equal for requests that ask for the same; it is stored, thus must not change for a request that could be made before. */
        String hash() {
            return OperationRequest.hash("Checked[function=%s, nid=%s, gid=%s, validity=%s%s%s]"
                    .formatted(
                            function,
                            nid,
                            gid,
                            validity,
                            plan == null ? "" : ", " + plan,
                            owner == null ? "" : ", owner=" + owner));
        }

        /**
         * As {@code caller} may order it.
         *
         * @throws ProblemException 403 when it may not
         */
        Checked by(Caller caller) {
            Reach reach = Rights.ofOrder(caller, function.name(), gid != null);
            return new Checked(function, nid, gid, validity, plan, reach.owner());
        }
    }

    /** What two requests that ask for the same have in common. */
    public static String hash(String text) {
        return Octets.utf8(text).sha256().toHex();
    }

    /** @throws ProblemException 422 when it is out of range */
    static Duration validity(@Nullable Long asked) {
        long seconds = asked == null ? DEFAULT_VALIDITY.toSeconds() : asked;
        if (seconds < 1 || seconds > MAX_VALIDITY.toSeconds()) {
            throw new ProblemException(
                    Problem.invalid("validitySeconds", "1 to " + MAX_VALIDITY.toSeconds() + " expected"));
        }
        return Duration.ofSeconds(seconds);
    }

    /** @throws ProblemException 422 that names the member at fault */
    Checked check() {
        if (function == null) {
            throw new ProblemException(Problem.invalid("function", "a function is required"));
        }
        if ((nid == null) == (gid == null)) {
            throw new ProblemException(Problem.invalid("nid", "exactly one of nid and gid is required"));
        }
        Duration validity = validity(validitySeconds);
        CampaignPlan plan = plan();
        EsFunction asked = gid == null
                ? FunctionBody.parse(function, "function")
                : FunctionBody.parseForMany(function, "function");
        try {
            return new Checked(
                    asked, nid == null ? null : new Nid(nid), gid == null ? null : new Gid(gid), validity, plan, null);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(nid == null ? "gid" : "nid", String.valueOf(e.getMessage())));
        }
    }

    private @Nullable CampaignPlan plan() {
        OperationMode asked;
        try {
            asked = mode == null ? OperationMode.SINGLE : OperationMode.of(mode);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("mode", String.valueOf(e.getMessage())));
        }
        if (asked == OperationMode.SINGLE) {
            if (campaign != null) {
                throw new ProblemException(
                        Problem.invalid("campaign", "leave it out, or order in group mode: \"mode\": \"group\""));
            }
            return null;
        }
        if (gid == null) {
            throw new ProblemException(Problem.invalid("mode", "group mode is for orders on a group; name it by gid"));
        }
        return campaign == null ? CampaignPlan.DEFAULT : campaign.parse("campaign");
    }
}
