package io.godwit.local;

import java.nio.file.Path;
import java.util.List;

/** The components of a platform, in the order in which they start. */
public record PlatformStatus(Path home, List<ComponentStatus> components) {
    public PlatformStatus {
        components = List.copyOf(components);
    }

    /** Whether everything runs and serves. */
    public boolean up() {
        return components.stream().allMatch(ComponentStatus.Up.class::isInstance);
    }

    /** Whether nothing runs. */
    public boolean down() {
        return components.stream().allMatch(ComponentStatus.Down.class::isInstance);
    }
}
