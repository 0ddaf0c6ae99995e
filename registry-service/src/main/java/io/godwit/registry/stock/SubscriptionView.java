package io.godwit.registry.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, without anything that is secret.
 *
 * @param state {@code Importing}, {@code Refused}, {@code Available}, {@code Reserved}, {@code Consumed}, {@code Lost}
 *     or {@code Revoked}
 * @param importId the import that brought it
 * @param nid the card that has it or is to get it
 * @param successor the card that gets it next, because its device takes the place of the other one
 * @param operation the download that brought or brings it there
 * @param code why it was refused
 * @param detail the same for people
 * @param history what happened to it, oldest first; absent in lists
 */
@Schema(name = "Subscription")
public record SubscriptionView(
        String iccid,
        String template,
        String state,
        @JsonProperty("import") String importId,
        @Nullable String nid,
        @Nullable String successor,
        @Nullable String operation,
        @Nullable String code,
        @Nullable String detail,
        Instant updatedAt,
        @Nullable List<Event> history) {
    /** A state that it came into. */
    @Schema(name = "SubscriptionEvent")
    public record Event(
            Instant at,
            String state,
            @Nullable String nid,
            @Nullable String operation,
            @Nullable String code) {}

    SubscriptionView with(List<Event> events) {
        return new SubscriptionView(
                iccid,
                template,
                state,
                importId,
                nid,
                successor,
                operation,
                code,
                detail,
                updatedAt,
                List.copyOf(events));
    }
}
