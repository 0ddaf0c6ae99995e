package io.godwit.registry.audit;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why an operator does what cannot be seen from the doing.
 *
 * @param reason for people, where a device hears of it also for who holds it: 1 to 200 characters, no control characters
 */
@Schema(name = "Reason")
public record ReasonBody(@Nullable String reason) {
    private static final int MAX_LENGTH = 200;

    /** @throws ProblemException 422 when there is none, or it is not of the form above */
    public static String check(@Nullable ReasonBody body) {
        String reason = body == null ? null : body.reason();
        if (reason == null
                || reason.isBlank()
                || reason.codePointCount(0, reason.length()) > MAX_LENGTH
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.invalid(
                    "reason", "say why in 1 to " + MAX_LENGTH + " characters, without control characters"));
        }
        return reason;
    }
}
