package io.godwit.registry.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A profile template and its stock.
 *
 * @param template its name
 * @param operator whose profiles they are
 * @param type the type of its profiles where an order names none
 * @param state what became of its last import: {@code Importing}, {@code Available} or {@code Refused}
 * @param usable whether the SM-DP has one: the last, or after a refusal the one before
 * @param code why the last import was refused
 * @param detail the same for people, with the place of each secret that it must not hold
 * @param importId of the last import
 * @param lowStock fewer available subscriptions than that are few
 * @param lowSince since when they are few; absent: they are not
 * @param subscriptions how many there are by state: {@code Importing}, {@code Refused}, {@code Available}, {@code Reserved} for a
 *     download, {@code Consumed} (on a card), {@code Lost} (on a card that was taken out of the fleet), {@code Revoked} (with
 *     a card that was given up)
 */
@Schema(name = "ProfileTemplate")
public record TemplateView(
        String template,
        String operator,
        @Nullable String type,
        String state,
        boolean usable,
        @Nullable String code,
        @Nullable String detail,
        @JsonProperty("import") String importId,
        long lowStock,
        @Nullable Instant lowSince,
        Instant updatedAt,
        Map<String, Long> subscriptions) {
    public TemplateView {
        subscriptions = Map.copyOf(subscriptions);
    }

    TemplateView with(Map<String, Long> counts) {
        return new TemplateView(
                template, operator, type, state, usable, code, detail, importId, lowStock, lowSince, updatedAt, counts);
    }
}
