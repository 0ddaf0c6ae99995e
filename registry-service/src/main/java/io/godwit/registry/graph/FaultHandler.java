package io.godwit.registry.graph;

import graphql.GraphQLContext;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an error with a code of whatever keeps a field from having its value. */
final class FaultHandler implements DataFetcherExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);
    private static final String LOGGED = "io.godwit.logged";

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        Throwable thrown = parameters.getException();
        GraphFault fault = GraphFault.of(thrown);
        if (fault.code() == GraphCode.INTERNAL) {
            log(parameters.getDataFetchingEnvironment().getGraphQlContext(), thrown);
        }
        return CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult.newResult(
                        fault.error(parameters.getPath(), List.of(parameters.getSourceLocation())))
                .build());
    }

    /** Once, although a batch that failed fails for each of its sources. */
    private static void log(GraphQLContext context, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (context.get(LOGGED) != cause) {
            context.put(LOGGED, cause);
            LOG.error("A query ended in an unexpected error.", cause);
        }
    }
}
