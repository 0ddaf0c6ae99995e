package io.godwit.provisioning.replacement;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import org.jspecify.annotations.Nullable;

/** What is to be done, in one transaction with the new state. Those for one card keep their order. */
public sealed interface Effect {
    /** Both cards are to be looked at: {@link Eligibility}. The answer is {@link ReplacementInput.Looked}. */
    record Look() implements Effect {}

    /** D2 to the new device: this is your ticket. */
    record TellTicket(Ticket ticket) implements Effect {}

    /** D2 to the new device: your request waits for a decision. */
    record TellWaiting(Nid to) implements Effect {}

    /** D2 to the new device: no, or no longer. */
    record TellEnd(Nid to, Outcome outcome) implements Effect {}

    /** The same octets go on to the addressee. */
    record Republish(FlowStep step, Nid to, Octets payload) implements Effect {}

    /** A procedure for a card. */
    record Order(CardOrder order) implements Effect {}

    /** The replacement's {@link Hold} on that card ends. */
    record Release(Nid nid, TicketId by) implements Effect {}

    /** A subscription of its own for the new card. The answer is {@link ReplacementInput.Supplied}. */
    record TakeSubscription() implements Effect {}

    /** In the EIS: that card has the profile, and no right to it. */
    record Revoke(Iccid iccid, Nid nid) implements Effect {}

    /** A {@link Quarantine} begins for that card; with {@code cutOff} the broker lets its device in no more. */
    record Isolate(Nid nid, Iccid iccid, boolean cutOff) implements Effect {}

    /** For people. */
    record Alarm(String code, String detail) implements Effect {}

    /** News: the right to that subscription is another card's from now on; {@code from} is {@code null} for a new one. */
    record HolderChanged(Iccid iccid, @Nullable Nid from, Nid to) implements Effect {}

    /** News: it has come to a stage; {@code outcome} at its end. */
    record Progressed(Stage stage, @Nullable Outcome outcome) implements Effect {}
}
