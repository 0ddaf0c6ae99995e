package io.godwit.registry.graph;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives a code to each error that has none: those that graphql-java makes of a query that does not fit the schema. */
final class Codes extends SimplePerformantInstrumentation {
    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        List<GraphQLError> errors =
                result.getErrors().stream().map(Codes::coded).toList();
        return CompletableFuture.completedFuture(
                errors.isEmpty() ? result : result.transform(builder -> builder.errors(errors)));
    }

    private static GraphQLError coded(GraphQLError error) {
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            return error;
        }
        boolean ours = error.getErrorType() == ErrorType.ExecutionAborted
                || error.getErrorType() == ErrorType.DataFetchingException;
        GraphFault fault = ours
                ? GraphFault.of(new IllegalStateException())
                : new GraphFault(GraphCode.INVALID_QUERY, String.valueOf(error.getMessage()), null);
        return fault.error(null, error.getLocations());
    }
}
