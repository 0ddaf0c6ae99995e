package io.godwit.registry.graph;

import io.godwit.registry.stock.SubscriptionView;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A subscription, without anything that is secret. */
@Type("Subscription")
@Description("A subscription, without anything that is secret.")
public record SubscriptionNode(
        @NonNull String iccid,
        @NonNull String template,

        @Description("Importing, Refused, Available, Reserved, Consumed, Lost or Revoked") @NonNull
        String state,

        @Description("the card that has it or is to get it") @Nullable
        String nid,

        @Description("the card that gets it next, because its device takes the place of the other one") @Nullable
        String successor,

        @Description("the download that brought or brings it there") @Nullable
        String operation,

        @Nullable String code,
        @Nullable String detail,
        @NonNull Instant updatedAt) {

    /** A state that it came into. */
    @Type("SubscriptionEvent")
    public record Event(
            @NonNull Instant at,
            @NonNull String state,
            @Nullable String nid,
            @Nullable String operation,
            @Nullable String code) {
        static Event of(SubscriptionView.Event event) {
            return new Event(event.at(), event.state(), event.nid(), event.operation(), event.code());
        }
    }

    static SubscriptionNode of(SubscriptionView view) {
        return new SubscriptionNode(
                view.iccid(),
                view.template(),
                view.state(),
                view.nid(),
                view.successor(),
                view.operation(),
                view.code(),
                view.detail(),
                view.updatedAt());
    }
}
