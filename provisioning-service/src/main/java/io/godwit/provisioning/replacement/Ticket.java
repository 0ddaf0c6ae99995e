package io.godwit.provisioning.replacement;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.time.Instant;

/**
 * What a replacement is bound to. It is good for one move, of one profile, between these two cards.
 *
 * @param oldNid who has the profile; {@code newNid} who is to have it
 * @param certificateHash SHA-256 of the new card's CERT.ECASD, so that no other key can take its place
 * @param iccid the profile that moves
 * @param notAfter until when devices may show it; servers look at it, cards have no clock
 * @param counter rises with each ticket of the tenant; a card takes none that is not above its floor
 */
public record Ticket(
        TicketId id,
        Mode mode,
        TenantId tenant,
        Gid gid,
        Nid oldNid,
        Nid newNid,
        Eid oldEid,
        Eid newEid,
        Octets certificateHash,
        Iccid iccid,
        Instant notAfter,
        Counter counter) {
    /** @throws IllegalArgumentException when both cards are the same, or the hash is not one of SHA-256 */
    public Ticket {
        requireNonNull(id, "id is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(tenant, "tenant is null");
        requireNonNull(gid, "gid is null");
        requireNonNull(iccid, "iccid is null");
        requireNonNull(notAfter, "notAfter is null");
        requireNonNull(counter, "counter is null");
        if (oldNid.equals(newNid) || oldEid.equals(newEid)) {
            throw new IllegalArgumentException("newNid: a card other than the old one expected");
        }
        if (certificateHash.length() != 32) {
            throw new IllegalArgumentException("certificateHash: 32 octets expected");
        }
    }

    public Nid nid(Side side) {
        return side == Side.OLD ? oldNid : newNid;
    }

    /** The same, by which the subscription comes otherwise. */
    public Ticket in(Mode other) {
        return new Ticket(
                id, other, tenant, gid, oldNid, newNid, oldEid, newEid, certificateHash, iccid, notAfter, counter);
    }

    /** The same until another time. */
    Ticket until(Instant time) {
        return new Ticket(id, mode, tenant, gid, oldNid, newNid, oldEid, newEid, certificateHash, iccid, time, counter);
    }
}
