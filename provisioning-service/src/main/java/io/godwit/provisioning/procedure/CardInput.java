package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Address;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.Ticket;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a card and its procedures. */
public sealed interface CardInput {
    /**
     * ES1 RegisterEIS: its EIS and keys are here. A repeated one leaves our EIS as it is, since it may be ahead; one of a card that
     * was taken out of the fleet meanwhile leaves at least owners and their POL2 as they are.
     *
     * @param counter the highest counter that the card has seen, as the EIS tells
     */
    record Registered(String operation, Eis eis, Counter counter) implements CardInput {}

    /** Its EIS or keys could not be taken. */
    record RegistrationRefused(String operation, String code, String detail) implements CardInput {}

    /** A procedure is to be carried out; not one that the card has or had already. */
    record Ordered(Procedure procedure) implements CardInput {}

    /** A2, B2 or D1 came from the device. */
    record Said(StepBody body) implements CardInput {}

    /**
     * D1: the card asks for what its group allows (flow D).
     *
     * @param address {@code (n,0)}, {@code (n,g)}, or {@code (0,g)} for the whole group
     * @param asking what is known of the card that asks
     */
    record Requested(StepBody.ClientRequest request, Address address, Asking asking) implements CardInput {}

    /** E1: the card was refused another one's profile at once (flow E); the registry is to hear of it. */
    record PeerRequestRefused(Outcome why) implements CardInput {}

    /**
     * An answer to a request that waits for one.
     *
     * @param ticket as it stands
     * @param refusal why not; empty: it is granted
     */
    record TicketAnswered(Ticket ticket, Optional<Refusal> refusal) implements CardInput {}

    /** A ticket's time has come; {@code ticket} as it stands. */
    record TicketDue(Ticket ticket) implements CardInput {}

    /** The device has subscribed. */
    record Online(Connection connection) implements CardInput {}

    /** That connection has ended. */
    record Offline(String node, String boot, String connection) implements CardInput {}

    /** The node has begun another boot, {@code at} by its own clock: what it said before is void. */
    record NodeRestarted(String node, String boot, Instant at) implements CardInput {}

    /** A due time has come. */
    record Due() implements CardInput {}

    /** The card's groups, or an epoch of one, may have changed. */
    record Regrouped() implements CardInput {}

    /** The device, which was taken out of the fleet, is of it again. */
    record Announced() implements CardInput {}

    /** The card is in quarantine from now on. */
    record Isolated() implements CardInput {}

    /** The device was taken out of the fleet. */
    record Removed() implements CardInput {}
}
