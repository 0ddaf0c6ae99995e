package io.godwit.registry.graph;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import io.godwit.kit.problem.NulFreeText;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a field has no value, as a caller is told.
 *
 * @param argument at fault, where it is one
 */
record GraphFault(GraphCode code, String message, @Nullable String argument) {
    /** SQLState of a text with NUL. */
    private static final String NO_TEXT = "22021";

    private static final int DEEPEST_CAUSE = 20;

    /** What an exception comes to. What is not known is {@link GraphCode#INTERNAL} and tells nothing of itself. */
    static GraphFault of(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
            GraphFault known = known(cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return new GraphFault(GraphCode.INTERNAL, "The request failed here; the log tells why. Try again.", null);
    }

    private static @Nullable GraphFault known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return of(problem.problem());
        }
        if (cause instanceof UnauthorizedException || cause instanceof AuthenticationFailedException) {
            return new GraphFault(
                    GraphCode.UNAUTHENTICATED, "Send a valid token: Authorization: Bearer <token>.", null);
        }
        if (cause instanceof ForbiddenException) {
            return new GraphFault(GraphCode.FORBIDDEN, "The token's roles do not allow this.", null);
        }
        return cause instanceof SQLException sql && NO_TEXT.equals(sql.getSQLState())
                ? new GraphFault(GraphCode.BAD_ARGUMENT, "An argument has a NUL: " + NulFreeText.REMEDY + ".", null)
                : null;
    }

    private static @Nullable GraphFault of(Problem problem) {
        if (problem.status() == 404) {
            return new GraphFault(GraphCode.NOT_FOUND, problem.detail(), null);
        }
        if (problem.status() == 403) {
            return new GraphFault(GraphCode.FORBIDDEN, problem.detail(), null);
        }
        if (problem.errors().isEmpty()) {
            return null;
        }
        Problem.FieldError error = problem.errors().get(0);
        // The page's parameters bear the names that REST gives them.
        return switch (error.field()) {
            case "cursor" ->
                new GraphFault(
                        GraphCode.BAD_CURSOR,
                        "after: use endCursor, or the cursor of an edge, of a page before",
                        "after");
            case "limit" -> new GraphFault(GraphCode.BAD_ARGUMENT, "first: " + error.remedy(), "first");
            default -> new GraphFault(GraphCode.BAD_ARGUMENT, error.field() + ": " + error.remedy(), error.field());
        };
    }

    /** As it stands in the answer. */
    GraphQLError error(@Nullable ResultPath path, @Nullable List<SourceLocation> locations) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        if (argument != null) {
            extensions.put("argument", argument);
        }
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError().message("%s", message);
        if (path != null) {
            error.path(path);
        }
        if (locations != null) {
            error.locations(locations);
        }
        return error.extensions(extensions).build();
    }
}
