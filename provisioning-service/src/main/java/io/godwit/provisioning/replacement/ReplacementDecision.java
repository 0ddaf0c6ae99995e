package io.godwit.provisioning.replacement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replacement makes of an input; nothing of it has happened yet.
 *
 * @param ignored why nothing changed; {@code null} when something did. Effects are then repeated answers at most
 */
public record ReplacementDecision(
        Replacement next, List<Effect> effects, @Nullable Ignored ignored) {
    public ReplacementDecision {
        effects = List.copyOf(effects);
    }
}
