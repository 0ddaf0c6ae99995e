package io.godwit.registry.graph;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds in what was loaded at once what each source asked for. */
final class Lookup {
    private Lookup() {}

    /** @throws ProblemException 404 that says {@code what} is not there */
    static <V, N> N of(Map<String, V> views, String id, String what, Function<V, N> show) {
        V view = views.get(id);
        if (view == null) {
            throw new ProblemException(Problem.notFound(what));
        }
        return show.apply(view);
    }

    /** One for each source, in their order; every source has one. */
    static <S, V, N> List<N> each(List<S> sources, Function<S, String> id, Map<String, V> views, Function<V, N> show) {
        return sources.stream()
                .map(source -> show.apply(Objects.requireNonNull(views.get(id.apply(source)), "each source is loaded")))
                .toList();
    }

    /** One for each source, in their order; {@code null} where the source names none, or one that is not there. */
    static <S, V, N> List<@Nullable N> eachIfThere(
            List<S> sources, Function<S, @Nullable String> id, Map<String, V> views, Function<V, N> show) {
        List<@Nullable N> nodes = new ArrayList<>();
        for (S source : sources) {
            String key = id.apply(source);
            V view = key == null ? null : views.get(key);
            nodes.add(view == null ? null : show.apply(view));
        }
        return nodes;
    }

    /** The ids that sources name, each once. */
    static <S> List<String> ids(List<S> sources, Function<S, @Nullable String> id) {
        List<String> ids = new ArrayList<>();
        for (S source : sources) {
            String key = id.apply(source);
            if (key != null) {
                ids.add(key);
            }
        }
        return ids.stream().distinct().toList();
    }
}
