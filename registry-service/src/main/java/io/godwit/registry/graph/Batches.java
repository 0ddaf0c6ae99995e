package io.godwit.registry.graph;

import graphql.ExecutionInput;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import io.smallrye.graphql.execution.datafetcher.helper.BatchLoaderHelper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.BatchLoaderWithContext;
import org.dataloader.CacheKey;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps apart what is loaded with different arguments. SmallRye loads all sources of a field with the arguments of the first,
 * although an alias may ask for the same field of the same source with others, and remembers them by a hash that two may share.
 */
final class Batches extends SimplePerformantInstrumentation {
    /** What is loaded: a field of that source, with these arguments. */
    private record Asked(@Nullable Object source, List<Object> arguments) {}

    /** Where in the batch sources stand that are loaded together. */
    private record Part(List<Object> sources, List<Object> contexts, List<Integer> places) {}

    private static final CacheKey<Object> BY_SOURCE_AND_ARGUMENTS = new CacheKey<>() {
        @Override
        public Object getKey(Object source) {
            return new Asked(source, List.of());
        }

        @Override
        public Object getKeyWithContext(Object source, @Nullable Object context) {
            return new Asked(source, arguments(context));
        }
    };

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        DataLoaderRegistry apart = new DataLoaderRegistry();
        input.getDataLoaderRegistry()
                .getDataLoadersMap()
                .forEach((name, loader) -> apart.register(name, loader(name, loader)));
        return input.transform(builder -> builder.dataLoaderRegistry(apart));
    }

    @SuppressWarnings("unchecked")
    private static DataLoader<Object, Object> loader(String name, DataLoader<?, ?> theirs) {
        BatchLoaderWithContext<Object, Object> load =
                (BatchLoaderWithContext<Object, Object>) theirs.getBatchLoadFunction();
        return DataLoaderFactory.newDataLoader(
                name,
                (BatchLoaderWithContext<Object, Object>) (sources, environment) -> load(load, sources, environment),
                DataLoaderOptions.newOptions()
                        .setCacheKeyFunction(BY_SOURCE_AND_ARGUMENTS)
                        .build());
    }

    private static CompletionStage<List<Object>> load(
            BatchLoaderWithContext<Object, Object> load, List<Object> sources, BatchLoaderEnvironment environment) {
        Map<List<Object>, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            Object context = environment.getKeyContextsList().get(i);
            Part part = parts.computeIfAbsent(
                    arguments(context), key -> new Part(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            part.sources().add(sources.get(i));
            part.contexts().add(context);
            part.places().add(i);
        }
        @Nullable Object[] loaded = new @Nullable Object[sources.size()];
        CompletableFuture<?>[] loads = parts.values().stream()
                .map(part -> load(load, part).thenAccept(values -> {
                    for (int i = 0; i < values.size(); i++) {
                        loaded[part.places().get(i)] = values.get(i);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(loads).thenApply(done -> new ArrayList<>(Arrays.asList(loaded)));
    }

    private static CompletableFuture<List<Object>> load(BatchLoaderWithContext<Object, Object> load, Part part) {
        BatchLoaderEnvironment own = BatchLoaderEnvironment.newBatchLoaderEnvironment()
                .keyContexts(part.sources(), part.contexts())
                .build();
        return load.load(part.sources(), own).toCompletableFuture();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> arguments(@Nullable Object context) {
        return context instanceof Map<?, ?> map && map.get(BatchLoaderHelper.ARGUMENTS) instanceof List<?> arguments
                ? (List<Object>) arguments
                : List.of();
    }
}
