package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;

/**
 * A group configuration as the card is known to hold it.
 *
 * @param joinEpoch of the membership that it was sent for
 * @param epoch of the group then
 * @param floor group packages up to this counter are old to the card
 * @param key short name of the signing key that it pins, {@link Groups#keyName}
 */
public record HeldGroup(Gid gid, int joinEpoch, int epoch, Counter floor, String key) {
    HeldGroup withFloor(Counter raised) {
        return raised.compareTo(floor) > 0 ? new HeldGroup(gid, joinEpoch, epoch, raised, key) : this;
    }
}
