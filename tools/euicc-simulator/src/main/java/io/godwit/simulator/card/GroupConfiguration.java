package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;

/**
 * That the card is a member of one group, and whom it obeys as such.
 *
 * @param epoch of the group when the card joined: packages of another one are not for it
 * @param counterFloor packages up to this counter are old
 * @param key the SM-SR's, pinned: no other signature counts, whatever certificate comes with it
 */
public record GroupConfiguration(TenantId tenant, Gid gid, int epoch, Counter counterFloor, EcPublicKey key) {
    /** @throws IllegalArgumentException when the epoch is below 1 */
    public GroupConfiguration {
        requireNonNull(tenant, "tenant is null");
        requireNonNull(gid, "gid is null");
        requireNonNull(counterFloor, "counterFloor is null");
        requireNonNull(key, "key is null");
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: a number from 1 expected");
        }
    }

    static GroupConfiguration of(GroupCommand.Join join) {
        return new GroupConfiguration(join.tenant(), join.gid(), join.epoch(), join.counterFloor(), join.key());
    }

    boolean isOf(TenantId ofTenant, Gid ofGid) {
        return tenant.equals(ofTenant) && gid.equals(ofGid);
    }

    /** The floor never falls. */
    GroupConfiguration notBelow(Counter floor) {
        return floor.compareTo(counterFloor) > 0 ? new GroupConfiguration(tenant, gid, epoch, floor, key) : this;
    }
}
