package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;

/**
 * The SCP03 key set of an ISD-P, which only the SM-DP has too, and the number of the last session with it: of SCP03 and of
 * SCP03t, which count together.
 */
public record IsdPKeys(Scp03Keys keys, SequenceCounter lastSession) {
    /** A test card has no diversified keys to tell of. */
    static final Octets DIVERSIFICATION = Octets.of(new byte[10]);

    public IsdPKeys {
        requireNonNull(keys, "keys is null");
        requireNonNull(lastSession, "lastSession is null");
    }

    /** Whether there is no session left. */
    boolean isSpent() {
        return lastSession.equals(SequenceCounter.MAX);
    }

    /** After one more INITIALIZE UPDATE. */
    IsdPKeys counted() {
        return new IsdPKeys(keys, lastSession.next());
    }

    /** What the last session begins with. */
    MutualAuthentication session(Aid isdP, InitializeUpdate asked) {
        return MutualAuthentication.of(keys, isdP, asked.hostChallenge(), lastSession);
    }
}
