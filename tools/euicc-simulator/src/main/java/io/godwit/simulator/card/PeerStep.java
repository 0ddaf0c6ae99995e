package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * What a card made of a message in a move from card to card.
 *
 * @param next the card from now on: store it before anybody sees the message
 * @param message for the other card; empty: refused
 * @param refusal why there is none
 * @param refresh as in {@link CardStep}
 */
public record PeerStep(EuiccCard next, Optional<Octets> message, Optional<PeerRefusal> refusal, boolean refresh) {
    public PeerStep {
        requireNonNull(next, "next is null");
        if (message.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("peer step: a message or a refusal expected");
        }
    }
}
