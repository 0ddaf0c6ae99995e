package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * What a card made of an event.
 *
 * @param next the card from now on: store it before anybody sees the response
 * @param response the packet for the SM-SR; empty when the card keeps silent
 * @param refresh whether the card asks the device for a REFRESH: drop the network, {@link EuiccCard#afterReboot()}, come
 *     back
 */
public record CardStep(EuiccCard next, Optional<Octets> response, boolean refresh) {
    public CardStep {
        requireNonNull(next, "next is null");
        requireNonNull(response, "response is null");
    }
}
