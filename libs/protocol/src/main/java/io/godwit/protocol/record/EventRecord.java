package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fact on {@code events}: what happened in provisioning. Facts of a card carry a sequence that rises by one per card;
 * a reader ignores what it has seen.
 */
public sealed interface EventRecord {
    Instant at();

    /** A fact of one card. */
    sealed interface OfCard extends EventRecord {
        TenantId tenant();

        Nid nid();

        /** Rises with each event of the card, from 1. */
        long sequence();
    }

    /** A fact of one operation as a whole. */
    sealed interface OfOperation extends EventRecord {
        TenantId tenant();

        String operation();
    }

    /** A fact of what the SM-DP has in stock. */
    sealed interface OfStock extends EventRecord {
        TenantId tenant();

        /** The import's id, a UUID. */
        String operation();

        TemplateId template();
    }

    /**
     * A fact of one replacement. Its key is the old card's, so that it stands in its order with what that card is told to do, and
     * tells of it.
     */
    sealed interface OfReplacement extends EventRecord {
        TenantId tenant();

        /** Names the replacement: a UUID. */
        String ticket();

        /** Rises with each event of the replacement, from 1. */
        long sequence();

        ReplacementParties parties();
    }

    /** The public key to which card keys are encrypted; {@code jwk} has no private part. */
    record TransportKey(Instant at, String role, String keyId, Json.Obj jwk) implements EventRecord {}

    /**
     * The order was expanded: {@code members} cards will each have one outcome.
     *
     * @param gid the group of a group order
     */
    record OperationStarted(
            Instant at,
            TenantId tenant,
            String operation,
            @Nullable Gid gid,
            long members) implements OfOperation {}

    /**
     * Where a campaign stands.
     *
     * @param sequence rises with each of the campaign's events, from 1
     * @param state {@code Gathering}, {@code Triggered}, {@code Commanded}, {@code Paused}, {@code Stopped},
     *     {@code Cancelled} or {@code Completed}
     * @param published messages to the group so far: A1 and C1, resends not counted
     */
    record CampaignProgressed(
            Instant at, TenantId tenant, String operation, long sequence, String state, Published published)
            implements OfOperation {}

    /** Messages to a whole group. */
    record Published(long triggers, long commands) {}

    /** The order could not be carried out at all. */
    record OperationFailed(Instant at, TenantId tenant, String operation, String code, String detail)
            implements OfOperation {}

    /** The card is known to provisioning, its keys are stored; profiles as registered. */
    record CardRegistered(
            Instant at, TenantId tenant, Nid nid, long sequence, String operation, List<ProfileState> profiles)
            implements OfCard {}

    /** The registration was refused; the card cannot be provisioned. */
    record RegistrationRefused(
            Instant at, TenantId tenant, Nid nid, long sequence, String operation, String code, String detail)
            implements OfCard {}

    /**
     * A procedure entered a state.
     *
     * @param state for people and progress bars: {@code Queued}, {@code Triggered}, {@code Commanded}, ...
     * @param function what the procedure does
     * @param origin {@code order} or {@code client}
     */
    record ProcedureProgressed(
            Instant at,
            TenantId tenant,
            Nid nid,
            long sequence,
            String operation,
            String procedure,
            EsFunction function,
            String state,
            String origin)
            implements OfCard {}

    /**
     * A procedure has its one outcome.
     *
     * @param commandedBy the step that brought the command to the card: {@code B1} or {@code C1}; {@code null} when none
     *     was needed or none went out
     */
    record ProcedureEnded(
            Instant at,
            TenantId tenant,
            Nid nid,
            long sequence,
            String operation,
            String procedure,
            EsFunction function,
            Outcome outcome,
            @Nullable String commandedBy)
            implements OfCard {}

    /**
     * The card's profiles, all of them, after a change or an audit.
     *
     * @param resources what the audit told beside; {@code null} when it was no audit
     * @param keySetVersion of the SCP80 key set that the SM-SR has just made on the card; {@code null}: nothing is said of keys
     * @param why the card went back or fell back by itself, with the reason for people; {@code null}: it did not
     */
    record CardState(
            Instant at,
            TenantId tenant,
            Nid nid,
            long sequence,
            String cause,
            List<ProfileState> profiles,
            @Nullable CardResources resources,
            @Nullable Integer keySetVersion,
            @Nullable Outcome why)
            implements OfCard {
        /** Of a change that was ordered. */
        public CardState(
                Instant at,
                TenantId tenant,
                Nid nid,
                long sequence,
                String cause,
                List<ProfileState> profiles,
                @Nullable CardResources resources,
                @Nullable Integer keySetVersion) {
            this(at, tenant, nid, sequence, cause, profiles, resources, keySetVersion, null);
        }

        /** Without new keys. */
        public CardState(
                Instant at,
                TenantId tenant,
                Nid nid,
                long sequence,
                String cause,
                List<ProfileState> profiles,
                @Nullable CardResources resources) {
            this(at, tenant, nid, sequence, cause, profiles, resources, null);
        }
    }

    /**
     * The card asked by itself (D1) and was answered (D2), or its ticket has got further.
     *
     * @param accepted whether something comes of it, as far as one knows
     * @param operation the ticket, which is the id of the operation that carries the request out; {@code null} when it has none
     * @param reason why it was refused, with its code before it
     * @param ticket where it stands; {@code null}: it is carried out, or has none
     */
    record ClientRequest(
            Instant at,
            TenantId tenant,
            Nid nid,
            long sequence,
            boolean accepted,
            @Nullable String operation,
            @Nullable String reason,
            @Nullable TicketState ticket)
            implements OfCard {
        /** Of which no more is to be said. */
        public ClientRequest(
                Instant at,
                TenantId tenant,
                Nid nid,
                long sequence,
                boolean accepted,
                @Nullable String operation,
                @Nullable String reason) {
            this(at, tenant, nid, sequence, accepted, operation, reason, null);
        }
    }

    /** The card came online or went offline. */
    record Presence(Instant at, TenantId tenant, Nid nid, long sequence, boolean online) implements OfCard {}

    /**
     * The SM-DP has the template, or will not have it.
     *
     * @param refusal empty: it has it
     */
    record TemplateImported(
            Instant at,
            TenantId tenant,
            String operation,
            TemplateId template,
            Optional<SubscriptionResult.Refusal> refusal)
            implements OfStock {}

    /** What came of subscriptions of one import; of each one time. */
    record SubscriptionsImported(
            Instant at, TenantId tenant, String operation, TemplateId template, List<SubscriptionResult> results)
            implements OfStock {
        public SubscriptionsImported {
            results = List.copyOf(results);
        }
    }

    /**
     * It came to a stage.
     *
     * @param stage {@code Requested}, {@code AwaitingApproval}, {@code Granted}, {@code Offered}, {@code Agreed},
     *     {@code Installing}, {@code Deleting}, {@code Enabling}, {@code Withdrawing}, {@code Restoring}, {@code Forced},
     *     {@code Completed} or {@code Ended}
     * @param holder whose card has the right to the subscription from now on: the one that may have it enabled
     * @param outcome how it has ended; {@code null} before
     * @param evidence the response packet by which the old card has said that it has no such profile any more, under its own keys;
     *     {@code null} where this fact rests on none
     * @param successorEvidence the packet by which the new card has said that it has enabled the subscription, under its own keys;
     *     {@code null} before, and where it said so in another way
     * @param forced whether the old card is given up: its subscription is revoked for ever, whatever stage this is
     */
    record ReplacementProgressed(
            Instant at,
            TenantId tenant,
            String ticket,
            long sequence,
            ReplacementParties parties,
            String stage,
            Nid holder,
            @Nullable Outcome outcome,
            @Nullable Octets evidence,
            @Nullable Octets successorEvidence,
            boolean forced)
            implements OfReplacement {
        /** Of one that waits for its old card, without a word of the new one. */
        public ReplacementProgressed(
                Instant at,
                TenantId tenant,
                String ticket,
                long sequence,
                ReplacementParties parties,
                String stage,
                Nid holder,
                @Nullable Outcome outcome,
                @Nullable Octets evidence) {
            this(at, tenant, ticket, sequence, parties, stage, holder, outcome, evidence, null, false);
        }
    }

    /** It does not go on without people: a card does not answer, for example. */
    record ReplacementStuck(
            Instant at,
            TenantId tenant,
            String ticket,
            long sequence,
            ReplacementParties parties,
            String code,
            String detail)
            implements OfReplacement {}

    /** The record's key. */
    default String key() {
        if (this instanceof OfCard card) {
            return RecordKey.of(card.tenant(), card.nid());
        }
        if (this instanceof OfStock stock) {
            return RecordKey.of(stock.tenant(), stock.template());
        }
        if (this instanceof OfReplacement replacement) {
            return RecordKey.of(replacement.tenant(), replacement.parties().old());
        }
        return this instanceof OfOperation operation
                ? operation.tenant() + "/o/" + operation.operation()
                : RecordKey.ofPlatform(((TransportKey) this).role());
    }

    default Octets encode() {
        return JsonWriter.write(EventRecordCodec.toJson(this));
    }

    /** @throws MalformedRecordException when {@code payload} is not an event of a known version */
    static EventRecord decode(Octets payload) {
        return EventRecordCodec.fromJson(Fields.ofRecord(payload));
    }
}
