package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the profile comes to the new card.
 *
 * @param mode {@code reissue} or {@code peer}; {@code null}: reissue
 */
@Schema(name = "ReplacementApproval")
public record ApprovalBody(@Nullable String mode) {
    /**
     * Whether it goes from card to card; without a body it is installed anew.
     *
     * @throws ProblemException 422 when there is no such mode
     */
    static boolean isPeer(@Nullable ApprovalBody body) {
        String mode = body == null || body.mode() == null ? "reissue" : body.mode();
        return switch (mode) {
            case "reissue" -> false;
            case "peer" -> true;
            default -> throw new ProblemException(Problem.invalid("mode", "use reissue or peer, or leave it out"));
        };
    }
}
