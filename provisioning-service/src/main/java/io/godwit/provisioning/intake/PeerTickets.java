package io.godwit.provisioning.intake;

import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.gsma.peer.PeerOffer;
import io.godwit.gsma.peer.TransferTicket;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.Mode;
import io.godwit.provisioning.replacement.ReplacementInput;
import io.godwit.provisioning.replacement.Ticket;
import io.godwit.provisioning.replacement.TicketId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A replacement's ticket in the form that cards read. */
final class PeerTickets {
    private PeerTickets() {}

    /** For the cards; empty where the profile does not go from card to card. */
    static Optional<Octets> sign(Ticket ticket, EcdsaSigner signer) {
        return ticket.mode() == Mode.PEER ? Optional.of(forCards(ticket).sign(signer)) : Optional.empty();
    }

    private static TransferTicket forCards(Ticket ticket) {
        return new TransferTicket(
                ticket.id().value(),
                ticket.tenant(),
                ticket.gid(),
                ticket.oldEid(),
                ticket.newEid(),
                ticket.iccid(),
                ticket.certificateHash(),
                ticket.notAfter().getEpochSecond(),
                ticket.counter());
    }

    /**
     * What the new device shows. In reissue mode that is the ticket's name alone: who it is the broker says, and the certificate
     * is the EIS's. In peer mode its card's offer has the ticket and the certificate in it.
     */
    static ReplacementInput.Presented presented(ReplacementFact.Asked asked, Ticket ours) {
        if (ours.mode() != Mode.PEER) {
            return new ReplacementInput.Presented(
                    asked.from(), asked.to(), ours, ours.certificateHash(), asked.payload());
        }
        Optional<PeerOffer> offer = Optional.ofNullable(asked.offer())
                .flatMap(octets -> PeerOffer.decode(octets).toOptional())
                .map(PeerOffer.Signed::content);
        // One that shows none shows another one than ours.
        Ticket shown =
                offer.map(content -> shown(content.ticket().content(), ours)).orElse(ours.in(Mode.REISSUE));
        Octets hash = offer.map(content -> content.ecasd().encode().sha256()).orElse(ours.certificateHash());
        return new ReplacementInput.Presented(asked.from(), asked.to(), shown, hash, asked.payload());
    }

    /** Cards count in seconds. */
    private static Ticket shown(TransferTicket ticket, Ticket ours) {
        boolean same = ticket.notAfter() == ours.notAfter().getEpochSecond();
        return new Ticket(
                new TicketId(ticket.id()),
                Mode.PEER,
                ticket.tenant(),
                ticket.gid(),
                ours.oldNid(),
                ours.newNid(),
                ticket.from(),
                ticket.to(),
                ticket.certificateHash(),
                ticket.iccid(),
                same ? ours.notAfter() : Instant.EPOCH,
                ticket.counter());
    }

    /** What only the extension can be ordered; empty for the functions of SGP.02. */
    static Optional<PeerCommand> command(CardOrder order, Ticket ticket) {
        UUID id = ticket.id().value();
        boolean ofNew = order.nid().equals(ticket.newNid());
        return switch (order.function()) {
            case RAISE_FLOOR -> Optional.of(new PeerCommand.RaiseFloor(id, order.iccid(), ticket.counter()));
            case UNLOCK -> Optional.of(new PeerCommand.Unlock(id, order.iccid(), ticket.counter()));
            case AUDIT ->
                ofNew ? Optional.of(new PeerCommand.Ask(id, order.iccid(), ticket.counter())) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
