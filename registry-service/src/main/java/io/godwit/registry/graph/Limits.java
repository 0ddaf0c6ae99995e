package io.godwit.registry.graph;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a query that asks for too much, before anything of it is carried out. */
final class Limits extends SimplePerformantInstrumentation {
    private final int maxDepth;
    private final long maxValues;

    Limits(int maxDepth, long maxValues) {
        this.maxDepth = maxDepth;
        this.maxValues = maxValues;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext query = parameters.getExecutionContext();
        QueryCost cost = new QueryMeter(
                        query.getGraphQLSchema(),
                        query.getFragmentsByName(),
                        query.getCoercedVariables().toMap())
                .of(query.getOperationDefinition().getSelectionSet());
        if (cost.depth() > maxDepth) {
            throw abort(new GraphFault(
                    GraphCode.TOO_DEEP,
                    "The query has " + cost.depth() + " levels, at most " + maxDepth + " are answered; ask in steps.",
                    null));
        }
        if (cost.values() > maxValues) {
            throw abort(new GraphFault(
                    GraphCode.TOO_COMPLEX,
                    "The query asks for " + cost.values() + " values, at most " + maxValues
                            + " are answered; ask for fewer with first, and for the rest with after.",
                    "first"));
        }
        return SimpleInstrumentationContext.noOp();
    }

    private static AbortExecutionException abort(GraphFault fault) {
        List<GraphQLError> errors = List.of(fault.error(null, null));
        return new AbortExecutionException(errors);
    }
}
