package io.godwit.simulator.card;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.UUID;

/** The part of a card's file that a card has which has seen a ticket. */
final class PeerSection {
    static final int TAG = 'X';

    private PeerSection() {}

    static void write(StateWriter out, CardState state) {
        PeerMemory peer = state.peer();
        if (peer.equals(PeerMemory.NONE)) {
            return;
        }
        out.section(TAG, section -> {
            section.number(5, peer.floor().value());
            section.list(peer.offered().stream().toList(), offered -> {
                section.large(offered.octets());
                section.sized(offered.ephemeral().reveal());
            });
            section.list(peer.locked().stream().toList(), locked -> {
                section.sized(locked.isdP().toOctets());
                section.sized(Octets.utf8(locked.ticket().toString()));
                section.sized(locked.offerHash());
                section.sized(locked.ephemeral().reveal());
            });
            section.list(peer.pending().stream().toList(), pending -> {
                section.sized(pending.isdP().toOctets());
                section.sized(Octets.utf8(pending.ticket().toString()));
                section.sized(pending.receipt());
            });
        });
    }

    static PeerMemory read(StateReader section) {
        Counter floor = new Counter(section.longNumber(5));
        List<PeerMemory.Offered> offered =
                section.list(() -> new PeerMemory.Offered(section.large(), SecretOctets.copyOf(section.sized())));
        List<PeerMemory.Locked> locked = section.list(() -> new PeerMemory.Locked(
                Aid.of(section.sized()),
                UUID.fromString(section.sized().toUtf8()),
                section.sized(),
                SecretOctets.copyOf(section.sized())));
        List<PeerMemory.Pending> pending = section.list(() -> new PeerMemory.Pending(
                Aid.of(section.sized()), UUID.fromString(section.sized().toUtf8()), section.sized()));
        section.requireEnd();
        return new PeerMemory(
                floor,
                offered.stream().findFirst(),
                locked.stream().findFirst(),
                pending.stream().findFirst());
    }
}
