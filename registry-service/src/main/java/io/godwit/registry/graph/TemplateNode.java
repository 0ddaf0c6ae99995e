package io.godwit.registry.graph;

import io.godwit.registry.stock.TemplateView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A profile template and its stock. */
@Type("ProfileTemplate")
@Description("A profile template and its stock.")
public record TemplateNode(
        @NonNull String template,
        @Description("whose profiles they are") @NonNull String operator,
        @Nullable String type,

        @Description("what became of its last import: Importing, Available or Refused") @NonNull
        String state,

        @Description("whether the SM-DP has one, the last or the one before")
        boolean usable,

        @Nullable String code,
        @Nullable String detail,

        @Description("since when few subscriptions are available; absent: enough are") @Nullable
        Instant lowSince,

        @Description("how many subscriptions there are by state") @NonNull
        List<@NonNull Count> subscriptions) {
    public TemplateNode {
        subscriptions = List.copyOf(subscriptions);
    }

    /** So many in one state. */
    @Type("SubscriptionCount")
    public record Count(@NonNull String state, int subscriptions) {}

    static TemplateNode of(TemplateView view) {
        Map<String, Long> counts = new TreeMap<>(view.subscriptions());
        return new TemplateNode(
                view.template(),
                view.operator(),
                view.type(),
                view.state(),
                view.usable(),
                view.code(),
                view.detail(),
                view.lowSince(),
                counts.entrySet().stream()
                        .map(state -> new Count(state.getKey(), Counted.whole(state.getValue())))
                        .toList());
    }
}
