package io.godwit.registry.graph;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.preparsed.NoOpPreparsedDocumentProvider;
import io.smallrye.graphql.spi.EventingService;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** What holds for every query: its limits, how its fields are loaded, how its errors read. Found as a service of Java's. */
public class GraphRules implements EventingService {
    @Override
    public GraphQL.Builder beforeGraphQLBuild(GraphQL.Builder builder) {
        Config config = ConfigProvider.getConfig();
        Limits limits = new Limits(
                config.getValue("godwit.graphql.max-depth", Integer.class),
                config.getValue("godwit.graphql.max-values", Long.class));
        // SmallRye would keep the last 2048 documents, whoever sent them: gigabytes, for somebody who has no token.
        return builder.defaultDataFetcherExceptionHandler(new FaultHandler())
                .preparsedDocumentProvider(NoOpPreparsedDocumentProvider.INSTANCE)
                .instrumentation(new ChainedInstrumentation(limits, new Batches(), new Codes()));
    }

    /** None: it cannot be switched off. */
    @Override
    public @Nullable String getConfigKey() {
        return null;
    }
}
