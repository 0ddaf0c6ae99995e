package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a replacement is not to be.
 *
 * @param reason for people, among them who holds the device: 1 to 200 characters, no control characters
 */
@Schema(name = "ReplacementReason")
public record ReasonBody(@Nullable String reason) {
    static final int MAX_LENGTH = 200;

    /** @throws ProblemException 422 when there is none, or it is not of the form above */
    static String check(@Nullable ReasonBody body) {
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
