package io.godwit.provisioning.replacement;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can happen to a replacement. What comes from a device bears the nid that the broker has authenticated. */
public sealed interface ReplacementInput {
    /**
     * Both cards were looked at.
     *
     * @param refusal why the move may not be
     * @param needsApproval whether the policy wants a person to decide
     * @param enabled whether the old card has the profile enabled
     */
    record Looked(Optional<Ineligible> refusal, boolean needsApproval, boolean enabled) implements ReplacementInput {}

    /**
     * The operator, or the profile's owner, allows it.
     *
     * @param mode how; for which the cards have been looked at
     * @param refusal why it cannot be so
     */
    record Approved(Mode mode, Optional<Ineligible> refusal) implements ReplacementInput {
        /** As it was asked for. */
        public Approved(Mode mode) {
            this(mode, Optional.empty());
        }
    }

    /** They do not; {@code reason} is for people. */
    record Declined(String reason) implements ReplacementInput {}

    /** E1 without a ticket, once more: the device has not heard the answer. */
    record Repeated(Nid from) implements ReplacementInput {}

    /**
     * E1 with a ticket.
     *
     * @param to to whom the device has addressed it
     * @param ticket as it says; no signature is looked at, since it has to be equal to ours
     * @param certificateHash SHA-256 of the CERT.ECASD that came with it
     * @param payload the MQTT payload, which goes on untouched
     */
    record Presented(Nid from, Nid to, Ticket ticket, Octets certificateHash, Octets payload)
            implements ReplacementInput {}

    /** E2: the old device agrees; in peer mode with the profile, encrypted for the new card. */
    record Answered(Nid from, Nid to, TicketId ticket, Octets payload) implements ReplacementInput {}

    /** E2: the old device keeps its profile; {@code reason} is for people. */
    record Kept(Nid from, Nid to, TicketId ticket, String reason) implements ReplacementInput {}

    /** In peer mode, under the new card's keys: the profile is installed, and waits. */
    record Receipt(Nid from, TicketId ticket) implements ReplacementInput {}

    /** An order of this replacement has its outcome. */
    record OrderEnded(String order, Outcome outcome, Finding finding) implements ReplacementInput {}

    /** A device has connected. */
    record Online(Side side) implements ReplacementInput {}

    /** A card has left the platform. */
    record Removed(Side side) implements ReplacementInput {}

    /** The operator wants it not to be. */
    record Cancelled() implements ReplacementInput {}

    /** An operator has ordered another replacement for one of the cards; only one that has touched no card gives way. */
    record Superseded() implements ReplacementInput {}

    /** The operator waits no longer for the old card: the successor gets another subscription. */
    record Forced(boolean stolen) implements ReplacementInput {}

    /** The stock's answer to {@link Effect.TakeSubscription}; {@code null}: it has none. */
    record Supplied(@Nullable Iccid iccid) implements ReplacementInput {}

    /** Its due time has come. */
    record Due() implements ReplacementInput {}

    /** The name in the diagram: the paper's step where there is one. */
    default String literal() {
        if (this instanceof Presented) {
            return "E1 with ticket";
        }
        if (this instanceof Repeated) {
            return "E1";
        }
        if (this instanceof Answered) {
            return "E2";
        }
        if (this instanceof Kept) {
            return "E2 refused";
        }
        if (this instanceof OrderEnded) {
            return "order ended";
        }
        if (this instanceof Looked) {
            return "cards looked at";
        }
        if (this instanceof Supplied) {
            return "subscription";
        }
        if (this instanceof Removed) {
            return "card removed";
        }
        if (this instanceof Online) {
            return "card online";
        }
        if (this instanceof Due) {
            return "deadline";
        }
        if (this instanceof Receipt) {
            return "receipt";
        }
        if (this instanceof Approved) {
            return "approved";
        }
        if (this instanceof Declined) {
            return "declined";
        }
        if (this instanceof Superseded) {
            return "superseded";
        }
        return this instanceof Cancelled ? "cancelled" : "forced";
    }
}
