package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;
import java.util.UUID;

/**
 * What the extension keeps of moves from card to card ({@code docs/packets.md}): at most one each way.
 *
 * @param floor no ticket up to this counter is good
 * @param offered what this card has asked for
 * @param locked what it has exported
 * @param pending what it has imported, and the SM-SR has not enabled yet
 */
public record PeerMemory(Counter floor, Optional<Offered> offered, Optional<Locked> locked, Optional<Pending> pending) {
    /** Of a card that has seen no ticket. */
    public static final PeerMemory NONE =
            new PeerMemory(Counter.ZERO, Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * An offer that waits for its export.
     *
     * @param octets of the offer, said again as they are
     * @param ephemeral the private half of ePK2, 32 octets
     */
    record Offered(Octets octets, SecretOctets ephemeral) {
        EcKeyPair key() {
            return EcKeyPair.of(ephemeral.reveal());
        }
    }

    /**
     * A profile that nothing enables but after an unlock.
     *
     * @param offerHash of the only offer that it is exported for
     * @param ephemeral the private half of ePK1, 32 octets
     */
    record Locked(Aid isdP, UUID ticket, Octets offerHash, SecretOctets ephemeral) {
        EcKeyPair key() {
            return EcKeyPair.of(ephemeral.reveal());
        }
    }

    /**
     * A profile that nothing enables but the SM-SR.
     *
     * @param receipt its octets, said again as they are
     */
    record Pending(Aid isdP, UUID ticket, Octets receipt) {}

    public PeerMemory {
        requireNonNull(floor, "floor is null");
        requireNonNull(offered, "offered is null");
        requireNonNull(locked, "locked is null");
        requireNonNull(pending, "pending is null");
    }

    PeerAnswer.State state(Aid isdP) {
        if (locked.filter(one -> one.isdP().equals(isdP)).isPresent()) {
            return PeerAnswer.State.LOCKED;
        }
        return pending.filter(one -> one.isdP().equals(isdP)).isPresent()
                ? PeerAnswer.State.PENDING
                : PeerAnswer.State.FREE;
    }

    boolean isLocked(Aid isdP) {
        return state(isdP) == PeerAnswer.State.LOCKED;
    }

    boolean isFree(Aid isdP) {
        return state(isdP) == PeerAnswer.State.FREE;
    }

    PeerMemory with(Offered next) {
        return new PeerMemory(floor, Optional.of(next), locked, pending);
    }

    PeerMemory with(Locked next) {
        return new PeerMemory(floor, offered, Optional.of(next), pending);
    }

    /** Imported: the offer has been answered. */
    PeerMemory with(Pending next) {
        return new PeerMemory(floor, Optional.empty(), locked, Optional.of(next));
    }

    /** The floor never falls, and who offers something below it need not wait. */
    PeerMemory notBelow(Counter counter) {
        return counter.compareTo(floor) > 0 ? new PeerMemory(counter, offered, locked, pending) : this;
    }

    PeerMemory unlocked(UUID ticket) {
        return new PeerMemory(floor, offered, locked.filter(one -> !one.ticket().equals(ticket)), pending);
    }

    /** That profile is gone, or an ordinary one from now on. */
    PeerMemory without(Aid isdP) {
        return new PeerMemory(
                floor,
                offered,
                locked.filter(one -> !one.isdP().equals(isdP)),
                pending.filter(one -> !one.isdP().equals(isdP)));
    }
}
