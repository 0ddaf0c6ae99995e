package io.godwit.simulator.device;

import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.network.UsimAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The card as its device sees it. A value: every input gives the card that there is afterwards. */
public interface Card {
    /**
     * What an input did.
     *
     * @param next the card afterwards; equal to the one before when nothing changed
     * @param response the response packet; {@code null}: the card says nothing
     * @param refresh whether the card asks its device for a REFRESH, after which another profile may be the enabled one
     */
    record Reaction(Card next, @Nullable Octets response, boolean refresh) {}

    /**
     * What the card's part in a move from card to card came to.
     *
     * @param message for the other card; {@code null}: it takes no part
     * @param refusal why not; {@code null} where there is a message
     */
    record PeerReaction(
            Card next, @Nullable Octets message, @Nullable String refusal, boolean refresh) {}

    /**
     * Hands over a ticket for this card, which makes an offer.
     *
     * @param now seconds since 1970
     */
    PeerReaction offer(Octets ticket, long now);

    /** Hands over another card's offer: this one locks the profile and exports it. */
    PeerReaction export(Octets offer, long now);

    /** Hands over another card's export: this one installs it and makes a receipt. */
    PeerReaction install(Octets export);

    /** Hands over a command packet; whatever it holds, the card stays usable. */
    Reaction receive(Octets packet);

    /** Hands over a group package; a card that it does not concern says nothing and stays as it is. */
    Reaction receiveGroupPackage(Octets groupPackage);

    /** The confirmation of a profile change has not come within the device's timer. */
    Reaction timerExpired();

    /** The enabled profile has found no network for long. */
    Reaction networkLost();

    /** The card after its power was gone for a moment. */
    Card rebooted();

    /** The notification packet that is to reach the SM-SR; the same octets until it is confirmed. */
    Optional<Octets> pendingNotification();

    /** Whether a profile change waits for its confirmation and would be undone by {@link #timerExpired()}. */
    boolean awaitsConfirmation();

    /** The profile whose subscription the device attaches with. */
    Iccid enabledProfile();

    /** The enabled profile's subscription; empty when it has no keys, so that no network can ask it to authenticate. */
    Optional<EuiccCard.Subscription> subscription();

    /** Hands over a network's challenge. */
    Authentication authenticate(Octets rand, AuthenticationToken autn);

    /** The card after a challenge, and its answer. */
    record Authentication(Card next, UsimAnswer answer) {}
}
