package io.godwit.protocol.body;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MessageType;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.json.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message says. Every body has an {@code id} of 1 to 64 characters; an answer bears the id of what it answers, and
 * a resend bears the same id and the same octets.
 */
public sealed interface StepBody {
    String id();

    /**
     * A1: an operation concerns you; say whether you can be provisioned now.
     *
     * @param operation the operation's id, for the device's own log
     * @param replyWithin milliseconds, 0 to 600,000: the device answers after a random part of this time, so that a group
     *     does not answer at once
     */
    record Trigger(String id, String operation, int replyWithin) implements StepBody {
        /** To one device, which answers at once. */
        public Trigger(String id, String operation) {
            this(id, operation, 0);
        }
    }

    /**
     * A2.
     *
     * @param reason why the device is not ready, for people; {@code null} when it is
     */
    record TriggerResult(String id, boolean ready, @Nullable String reason) implements StepBody {}

    /**
     * B1: hand this command packet to the card.
     *
     * @param sequence rises with each command to the card, not with a resend
     */
    record Command(String id, long sequence, Octets packet) implements StepBody {}

    /**
     * B2.
     *
     * @param packet the card's response packet; {@code null}: the card gave none
     */
    record CommandResult(String id, long sequence, @Nullable Octets packet) implements StepBody {}

    /**
     * C1: hand this group package to the card.
     *
     * @param replyWithin as in {@link Trigger}
     */
    record GroupCommand(String id, Octets groupPackage, int replyWithin) implements StepBody {}

    /** C2: the card's response packet, under its own keys. A card that the package does not concern gives none. */
    record GroupResult(String id, Octets packet) implements StepBody {}

    /**
     * D1, the device asks for what its group's policy, or its tenant's, allows.
     *
     * @param reason the literal of a {@link RequestReason}, or a sentence for people
     */
    record ClientRequest(String id, String reason) implements StepBody {
        /** As policies go by it. */
        public RequestReason cause() {
            return RequestReason.said(reason);
        }
    }

    /**
     * D1, the card's notification packet, repeated until a D2 bears its id.
     *
     * @param attachRefused why a network did not want the profile that was enabled before, for people; the device's own word,
     *     which no card has protected; {@code null}: none refused one
     */
    record CardNotification(
            String id, Octets packet, @Nullable String attachRefused) implements StepBody {
        /** Of a device that no network has refused. */
        public CardNotification(String id, Octets packet) {
            this(id, packet, null);
        }
    }

    /** D1, the card's response packet to the confirmation that a D2 brought, repeated until a D2 bears its id. */
    record ConfirmationResult(String id, Octets packet) implements StepBody {}

    /**
     * D2, the request has a ticket.
     *
     * @param operation the ticket; when it is carried out, the operation's id
     * @param stage granted, waiting for approval, or quiet
     * @param until when it begins, of one that is quiet; when it expires, of one that waits; else {@code null}
     * @param place how many go before it: procedures of the card; of a group or of what waits for approval, such requests
     * @param trigger whether this stands for the A1: what was granted follows as a B1 or C1
     */
    record RequestAccepted(
            String id,
            String operation,
            TicketStage stage,
            @Nullable Instant until,
            int place,
            boolean trigger) implements StepBody {
        /** What is granted at once, and is the next. */
        public RequestAccepted(String id, String operation) {
            this(id, operation, TicketStage.GRANTED, null, 0, true);
        }
    }

    /**
     * D2, the request is refused.
     *
     * @param reason for people
     * @param code short and stable, for example {@code QUOTA_EXHAUSTED}; {@code null} of an SM-SR that has none
     * @param retryAt before which it is of no use to ask again; {@code null}: nobody knows
     */
    record RequestRefused(
            String id,
            String reason,
            @Nullable String code,
            @Nullable Instant retryAt) implements StepBody {
        /** Of an E1: the old device's profile cannot come to this one, which had better ask for a profile of its own. */
        private static final Set<String> POINTING_TO_FLOW_D = Set.of("ENVIRONMENTS_DIFFER", "NOT_OF_STOCK");

        public RequestRefused(String id, String reason) {
            this(id, reason, null, null);
        }

        /** Whether a device whose E1 this answers goes on by client-started provisioning (paper IV.D): it asks by D1. */
        public boolean pointsToFlowD() {
            return code != null && POINTING_TO_FLOW_D.contains(code);
        }
    }

    /**
     * D2, the SM-SR has what D1 brought.
     *
     * @param packet the notification confirmation, a command packet for the card; {@code null} when none is due
     */
    record Received(String id, @Nullable Octets packet) implements StepBody {}

    /**
     * D2, the answer to an E1 without a ticket: the replacement may begin.
     *
     * @param ticket to be named in the E1 that goes to the old device; good for this device, that one and one profile
     * @param until when it expires
     * @param signed the same for the new card, where the profile goes from card to card; {@code null}: it does not
     */
    record TicketGranted(
            String id,
            String ticket,
            Instant until,
            @Nullable Octets signed) implements StepBody {
        /** Of a profile that is installed anew. */
        public TicketGranted(String id, String ticket, Instant until) {
            this(id, ticket, until, null);
        }
    }

    /**
     * E1: a device asks another one for its profile.
     *
     * @param reason why, for people
     * @param iccid which profile; {@code null}: the one that is enabled there
     * @param ticket the SM-SR's leave; {@code null}: this asks for one, and does not reach the other device
     * @param offer the new card's, where the profile goes from card to card; else {@code null}
     */
    record ReplacementRequest(
            String id,
            String reason,
            @Nullable Iccid iccid,
            @Nullable String ticket,
            @Nullable Octets offer) implements StepBody {
        /** Without a card's word. */
        public ReplacementRequest(String id, String reason, @Nullable Iccid iccid, @Nullable String ticket) {
            this(id, reason, iccid, ticket, null);
        }
    }

    /**
     * E2: what the old device says to that.
     *
     * @param refusal why it keeps its profile, for people; {@code null}: it gives the profile away
     * @param profile the old card's export, which only the new card can read; {@code null}: it is installed anew
     */
    record ReplacementAnswer(
            String id,
            String ticket,
            @Nullable String refusal,
            @Nullable Octets profile) implements StepBody {
        /** Without a card's word. */
        public ReplacementAnswer(String id, String ticket, @Nullable String refusal) {
            this(id, ticket, refusal, null);
        }
    }

    /**
     * D1: {@code ret(profile)}, the new card has what E2 brought. Nothing answers it: the SM-SR asks the card itself.
     *
     * @param receipt the card's
     */
    record ReplacementReceipt(String id, String ticket, Octets receipt) implements StepBody {}

    /** The step that bears this body. */
    default FlowStep step() {
        if (this instanceof Trigger) {
            return FlowStep.A1;
        }
        if (this instanceof TriggerResult) {
            return FlowStep.A2;
        }
        if (this instanceof Command) {
            return FlowStep.B1;
        }
        if (this instanceof CommandResult) {
            return FlowStep.B2;
        }
        if (this instanceof GroupCommand) {
            return FlowStep.C1;
        }
        if (this instanceof GroupResult) {
            return FlowStep.C2;
        }
        if (this instanceof ReplacementRequest) {
            return FlowStep.E1;
        }
        if (this instanceof ReplacementAnswer) {
            return FlowStep.E2;
        }
        return this instanceof ClientRequest
                        || this instanceof CardNotification
                        || this instanceof ConfirmationResult
                        || this instanceof ReplacementReceipt
                ? FlowStep.D1
                : FlowStep.D2;
    }

    /**
     * The message that bears this body to or from {@code address}.
     *
     * @throws IllegalArgumentException for E1 and E2, which name their author
     */
    default RspMessage toMessage(Address address) {
        MessageType type =
                switch (step()) {
                    case A1, D1 -> MessageType.TRIGGER;
                    case A2, D2 -> MessageType.RET_TRIGGER;
                    case B1, C1 -> MessageType.MSG;
                    case B2, C2 -> MessageType.RET_MSG;
                    case E1, E2 -> throw new IllegalArgumentException("type: it names the device that says this");
                };
        return new RspMessage(address, type, toJson());
    }

    /** The message by which {@code author} says this; {@code address} as the step has it: of E1 and E2, the other device's. */
    default RspMessage toMessage(Address address, Nid author) {
        return switch (step()) {
            case E1 -> new RspMessage(address, MessageType.req(author), toJson());
            case E2 -> new RspMessage(address, MessageType.profile(author), toJson());
            default -> toMessage(address);
        };
    }

    default Json.Obj toJson() {
        return StepBodyCodec.toJson(this);
    }
}
