package io.godwit.provisioning.smdp;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import javax.security.auth.Destroyable;

/**
 * What the SM-DP keeps of an ISD-P as long as the card has it: with it alone something can be written to the profile later.
 *
 * @param lastSession the number of the last session that was begun, or may have been; the card counts too, and tells
 */
public record IsdPKeySet(Scp03Keys keys, SequenceCounter lastSession) implements Destroyable {
    public IsdPKeySet {
        requireNonNull(keys, "keys is null");
        requireNonNull(lastSession, "lastSession is null");
    }

    /** Whether there is no session left. */
    public boolean isSpent() {
        return lastSession.equals(SequenceCounter.MAX);
    }

    /** For the session after the last. */
    public IsdPKeySet counted() {
        return at(lastSession.next());
    }

    /** The card says that its last session had that number. */
    public IsdPKeySet at(SequenceCounter counter) {
        return new IsdPKeySet(keys, counter);
    }

    @Override
    public void destroy() {
        keys.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return keys.isDestroyed();
    }
}
