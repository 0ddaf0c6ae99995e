package io.godwit.registry.graph;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.GraphQLSchema;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.graphql.execution.event.EventEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses to start where SmallRye has not found {@link GraphRules}: queries would be answered without limits. */
@ApplicationScoped
public class GraphStart {
    void check(@Observes StartupEvent event, GraphQLSchema schema) {
        // The very call with which SmallRye will make what answers queries.
        GraphQL made = EventEmitter.getInstance()
                .fireBeforeGraphQLBuild(GraphQL.newGraphQL(schema))
                .build();
        if (!(made.getInstrumentation() instanceof ChainedInstrumentation chain)
                || chain.getInstrumentations().stream().noneMatch(Limits.class::isInstance)) {
            throw new IllegalStateException("queries would have no limits: " + GraphRules.class.getName()
                    + " was not found as a service; do not start the service without its META-INF/services");
        }
    }
}
