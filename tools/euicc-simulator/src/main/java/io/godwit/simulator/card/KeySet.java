package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;

/** An SCP80 key set of the ISD-R, and the highest counter that it has accepted. */
public record KeySet(Scp80Keys keys, Counter lastAccepted) {
    /** KIc and KID; a DEK would be the third, and is not used. */
    static final int KEYS = 2;

    public KeySet {
        requireNonNull(keys, "keys is null");
        requireNonNull(lastAccepted, "lastAccepted is null");
    }

    int version() {
        return keys.keySetVersion();
    }
}
