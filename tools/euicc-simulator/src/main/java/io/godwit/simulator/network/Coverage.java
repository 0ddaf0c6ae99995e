package io.godwit.simulator.network;

import io.godwit.protocol.Iccid;
import java.util.Set;

/**
 * Which profiles find a network: all but those named.
 *
 * @param without profiles whose subscription attaches nowhere
 * @param authenticating whether the network asks a profile with keys of its own to show that it has the right ones; a profile
 *     of the factory, which has none, is not asked
 */
public record Coverage(Set<Iccid> without, boolean authenticating) {
    public static final Coverage EVERYWHERE = new Coverage(Set.of());

    public Coverage {
        without = Set.copyOf(without);
    }

    /** Of a network that asks nobody. */
    public Coverage(Set<Iccid> without) {
        this(without, false);
    }

    /** The same, of a network that asks. */
    public Coverage authenticated() {
        return new Coverage(without, true);
    }

    /** Whether a device gets attachment while {@code enabled} is its card's enabled profile. */
    public boolean attaches(Iccid enabled) {
        return !without.contains(enabled);
    }
}
