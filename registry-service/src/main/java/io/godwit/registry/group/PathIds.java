package io.godwit.registry.group;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters of paths and queries about groups, checked. */
final class PathIds {
    private PathIds() {}

    /** @throws ProblemException 422 that names {@code field} when {@code value} is no such id */
    static <T> T of(String field, String value, Function<String, T> make) {
        try {
            return make.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }

    /** @param reason why cards leave: {@code security}, or none */
    static MembershipChange leaving(@Nullable String reason) {
        if (reason == null) {
            return new MembershipChange.Leave();
        }
        if (!reason.equals("security")) {
            throw new ProblemException(
                    Problem.invalid("reason", "security, or leave it out for a card that just leaves"));
        }
        return new MembershipChange.RemoveForSecurity();
    }
}
