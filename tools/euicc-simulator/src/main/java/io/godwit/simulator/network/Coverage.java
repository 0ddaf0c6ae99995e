package io.godwit.simulator.network;

import io.godwit.protocol.Iccid;
import java.util.Set;

/**
 * Which profiles find a network: all but those named.
 *
 * @param without profiles whose subscription attaches nowhere
 */
public record Coverage(Set<Iccid> without) {
    public static final Coverage EVERYWHERE = new Coverage(Set.of());

    public Coverage {
        without = Set.copyOf(without);
    }

    /** Whether a device gets attachment while {@code enabled} is its card's enabled profile. */
    public boolean attaches(Iccid enabled) {
        return !without.contains(enabled);
    }
}
