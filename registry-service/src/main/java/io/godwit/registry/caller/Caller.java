package io.godwit.registry.caller;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import java.util.Optional;

/**
 * In whose name somebody of a tenant calls.
 *
 * @param operator whether it manages the tenant's cards
 * @param viewer whether it reads all that is the tenant's
 * @param owner the operator of profiles that it speaks for; empty: none
 */
public record Caller(boolean operator, boolean viewer, Optional<ProfileOwner> owner) {
    /**
     * Whose alone it sees; empty: all that is the tenant's.
     *
     * @throws ProblemException 403 when it may see nothing
     */
    public Optional<ProfileOwner> onlyOwner() {
        if (operator || viewer) {
            return Optional.empty();
        }
        return Optional.of(requireOwner());
    }

    /** @throws ProblemException 403 when it speaks for no operator */
    public ProfileOwner requireOwner() {
        return owner.orElseThrow(() -> new ProblemException(notTheOwner()));
    }

    static Problem notTheOwner() {
        return Problem.of(
                403,
                "not-the-profile-owner",
                "Only the operator that a profile belongs to may do this",
                "Use a token with the role profile-owner, whose claim profile_owner names that operator.");
    }
}
