package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;

/** The SCP03 key set of an ISD-P, which only the SM-DP has too, and the number of the last session with it. */
public record IsdPKeys(Scp03Keys keys, SequenceCounter lastSession) {
    public IsdPKeys {
        requireNonNull(keys, "keys is null");
        requireNonNull(lastSession, "lastSession is null");
    }
}
