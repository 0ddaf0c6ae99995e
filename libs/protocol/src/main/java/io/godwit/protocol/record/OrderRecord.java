package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order on {@code orders}: what an operator asked for. The {@code operation} id is given by the registry and is the
 * name under which everything that follows is reported.
 */
public sealed interface OrderRecord {
    TenantId tenant();

    /** The operation's id, a UUID; an order seen twice has the same. */
    String operation();

    /** What the reader must have seen of the tenant's fleet before it may carry the order out. */
    long fleetVersion();

    /** The {@code sub} of the token that asked; of what a card has asked for, its nid. */
    String requester();

    Instant issuedAt();

    /**
     * ES1 RegisterEIS for one card.
     *
     * @param eis the EIS as it was registered, {@code docs/eis.schema.json}
     * @param cardKeys the card's keys as JWE in compact form under the SM-SR's transport key, passed on unread
     */
    record RegisterEis(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid nid,
            Json.Obj eis,
            String cardKeys)
            implements OrderRecord {}

    /**
     * A function on one card. Without an outcome at {@code validUntil} it has expired.
     *
     * @param owner the operator among whose profiles the target is looked for; {@code null}: among all
     */
    record OnCard(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid nid,
            EsFunction function,
            Instant validUntil,
            @Nullable ProfileOwner owner)
            implements OrderRecord {}

    /**
     * ES2 DownloadProfile on one card: a new ISD-P, and the package in it.
     *
     * @param download what the operator says of the profile
     * @param profilePackage the package as JWE in compact form under the SM-DP's transport key, passed on unread; {@code null}:
     *     the SM-DP makes it of the subscription and its template
     */
    record DownloadProfile(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid nid,
            ProfileDownload download,
            @Nullable String profilePackage,
            Instant validUntil)
            implements OrderRecord {}

    /**
     * A function on every card that is a member of the group when the order is expanded.
     *
     * @param campaign how it is done in group mode (flow A-C); {@code null}: one card at a time (flow A-B)
     */
    record OnGroup(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Gid gid,
            EsFunction function,
            Instant validUntil,
            @Nullable CampaignPlan campaign)
            implements OrderRecord {}

    /**
     * Holds a campaign, lets it go on, or ends it.
     *
     * @param operation the order's own id
     * @param campaign the operation that the campaign carries out
     */
    record SteerCampaign(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Gid gid,
            String campaign,
            Steering steering)
            implements OrderRecord {}

    /**
     * An answer to a request that waits for one: an operator's, or the stock's.
     *
     * @param operation the order's own id
     * @param ticket the request's
     * @param refusal why not; empty: it is granted
     */
    record AnswerRequest(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid nid,
            String ticket,
            Optional<SubscriptionResult.Refusal> refusal)
            implements OrderRecord {}

    /**
     * A profile template for the SM-DP, new or in the place of the one of that name.
     *
     * @param profileTemplate a package that holds no secret, as JWE in compact form under the SM-DP's transport key
     */
    record ImportProfileTemplate(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            TemplateId template,
            String profileTemplate)
            implements OrderRecord {}

    /**
     * Subscriptions for profiles of that template.
     *
     * @param subscriptions of one import, which may come in many orders; at most {@value #MOST_SUBSCRIPTIONS}
     */
    record ImportSubscriptions(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            TemplateId template,
            List<EncryptedSubscription> subscriptions)
            implements OrderRecord {
        public ImportSubscriptions {
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /**
     * What an operator says of a replacement.
     *
     * @param operation the order's own id
     * @param old the device whose profile moves
     * @param ticket names the replacement
     * @param reason for people; {@code null} where it is approved
     * @param peer whether the profile is to go from card to card; only where it is approved
     */
    record DecideReplacement(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid old,
            String ticket,
            ReplacementVerdict verdict,
            @Nullable String reason,
            boolean peer)
            implements OrderRecord {
        /** @throws IllegalArgumentException when a word other than an approval says how */
        public DecideReplacement {
            if (peer && verdict != ReplacementVerdict.APPROVE) {
                throw new IllegalArgumentException("peer: only what is approved goes from card to card");
            }
        }

        /** Of what is installed anew, or not at all. */
        public DecideReplacement(
                TenantId tenant,
                String operation,
                long fleetVersion,
                String requester,
                Instant issuedAt,
                Nid old,
                String ticket,
                ReplacementVerdict verdict,
                @Nullable String reason) {
            this(tenant, operation, fleetVersion, requester, issuedAt, old, ticket, verdict, reason, false);
        }
    }

    /**
     * A successor for a card that is dead, lost or stolen: it gets another subscription, and nothing is asked of the old one.
     *
     * @param operation the download of that subscription, and the ticket of the replacement: of a new one, or of one that waits for
     *     the old card and waits no longer
     * @param old the device that is given up
     * @param iccid its profile, which loses the right; {@code null}: the one that is enabled there
     * @param stolen whether the broker was told to let the old device in no more
     * @param download what was taken from the stock for the successor
     */
    record ForceReplacement(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid old,
            Nid successor,
            Gid gid,
            @Nullable Iccid iccid,
            String reason,
            boolean stolen,
            ProfileDownload download)
            implements OrderRecord {}

    /** Whether a replacement is to be. */
    enum ReplacementVerdict {
        APPROVE,
        REFUSE,
        /** Also of one that was approved, as long as no card was told to delete anything. */
        CANCEL;

        /** As it stands in orders and in the API. */
        public String literal() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when {@code literal} is none of them */
        public static ReplacementVerdict of(String literal) {
            for (ReplacementVerdict verdict : values()) {
                if (verdict.literal().equals(literal)) {
                    return verdict;
                }
            }
            throw new IllegalArgumentException("verdict: use approve, refuse or cancel");
        }
    }

    /** So many fit in one record of Kafka, however long their JWEs may be. */
    int MOST_SUBSCRIPTIONS = 100;

    /** What an operator does with a campaign that runs. */
    enum Steering {
        /** No further message goes to the group, and no member is repaired, until it is resumed. */
        PAUSE,
        RESUME,
        /** Members that no command has gone to get no command any more; what is under way is seen to its end. */
        CANCEL;

        /** As it stands in orders and in the API. */
        public String literal() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when {@code literal} is none of them */
        public static Steering of(String literal) {
            for (Steering steering : values()) {
                if (steering.literal().equals(literal)) {
                    return steering;
                }
            }
            throw new IllegalArgumentException("steering: use pause, resume or cancel");
        }
    }

    /** The record's key. */
    default String key() {
        if (this instanceof RegisterEis register) {
            return RecordKey.of(tenant(), register.nid());
        }
        if (this instanceof OnCard onCard) {
            return RecordKey.of(tenant(), onCard.nid());
        }
        if (this instanceof DownloadProfile download) {
            return RecordKey.of(tenant(), download.nid());
        }
        if (this instanceof AnswerRequest answer) {
            return RecordKey.of(tenant(), answer.nid());
        }
        if (this instanceof ImportProfileTemplate template) {
            return RecordKey.of(tenant(), template.template());
        }
        if (this instanceof ImportSubscriptions subscriptions) {
            return RecordKey.of(tenant(), subscriptions.template());
        }
        if (this instanceof DecideReplacement decide) {
            return RecordKey.of(tenant(), decide.old());
        }
        if (this instanceof ForceReplacement force) {
            return RecordKey.of(tenant(), force.old());
        }
        return RecordKey.of(tenant(), this instanceof OnGroup onGroup ? onGroup.gid() : ((SteerCampaign) this).gid());
    }

    default Octets encode() {
        if (this instanceof RegisterEis register) {
            return JsonWriter.write(start("register-eis")
                    .put("nid", register.nid().value())
                    .put("eis", register.eis())
                    .put("cardKeys", register.cardKeys())
                    .build());
        }
        if (this instanceof OnCard onCard) {
            ProfileOwner owner = onCard.owner();
            return JsonWriter.write(start("on-card")
                    .put("nid", onCard.nid().value())
                    .put("function", onCard.function().toJson())
                    .put("validUntil", onCard.validUntil().toString())
                    .put("owner", owner == null ? null : owner.name())
                    .build());
        }
        if (this instanceof DownloadProfile download) {
            return JsonWriter.write(start("download-profile")
                    .put("nid", download.nid().value())
                    .put("download", download.download().toJson())
                    .put("profilePackage", download.profilePackage())
                    .put("validUntil", download.validUntil().toString())
                    .build());
        }
        if (this instanceof SteerCampaign steer) {
            return JsonWriter.write(start("steer-campaign")
                    .put("gid", steer.gid().value())
                    .put("campaign", steer.campaign())
                    .put("steering", steer.steering().literal())
                    .build());
        }
        if (this instanceof DecideReplacement decide) {
            return JsonWriter.write(start("decide-replacement")
                    .put("old", decide.old().value())
                    .put("ticket", decide.ticket())
                    .put("verdict", decide.verdict().literal())
                    .put("reason", decide.reason())
                    .put("peer", decide.peer() ? Json.of(true) : null)
                    .build());
        }
        if (this instanceof ForceReplacement force) {
            Iccid iccid = force.iccid();
            return JsonWriter.write(start("force-replacement")
                    .put("old", force.old().value())
                    .put("successor", force.successor().value())
                    .put("gid", force.gid().value())
                    .put("iccid", iccid == null ? null : iccid.digits())
                    .put("reason", force.reason())
                    .put("stolen", force.stolen())
                    .put("download", force.download().toJson())
                    .build());
        }
        if (this instanceof AnswerRequest answer) {
            return JsonWriter.write(start("answer-request")
                    .put("nid", answer.nid().value())
                    .put("ticket", answer.ticket())
                    .put(
                            "code",
                            answer.refusal()
                                    .map(SubscriptionResult.Refusal::code)
                                    .orElse(null))
                    .put(
                            "detail",
                            answer.refusal()
                                    .map(SubscriptionResult.Refusal::detail)
                                    .orElse(null))
                    .build());
        }
        if (this instanceof ImportProfileTemplate template) {
            return JsonWriter.write(start("import-profile-template")
                    .put("template", template.template().value())
                    .put("profileTemplate", template.profileTemplate())
                    .build());
        }
        if (this instanceof ImportSubscriptions subscriptions) {
            return JsonWriter.write(start("import-subscriptions")
                    .put("template", subscriptions.template().value())
                    .put(
                            "subscriptions",
                            subscriptions.subscriptions().stream()
                                    .map(EncryptedSubscription::toJson)
                                    .toList())
                    .build());
        }
        OnGroup onGroup = (OnGroup) this;
        CampaignPlan plan = onGroup.campaign();
        return JsonWriter.write(start("on-group")
                .put("gid", onGroup.gid().value())
                .put("function", onGroup.function().toJson())
                .put("validUntil", onGroup.validUntil().toString())
                .put("campaign", plan == null ? null : plan.toJson())
                .build());
    }

    private Json.ObjectBuilder start(String kind) {
        return Fields.versioned(kind)
                .put("tenant", tenant().value())
                .put("operation", operation())
                .put("fleetVersion", fleetVersion())
                .put("requester", requester())
                .put("issuedAt", issuedAt().toString());
    }

    /** @throws MalformedRecordException when {@code payload} is not an order of a known version */
    static OrderRecord decode(Octets payload) {
        Fields fields = Fields.ofRecord(payload);
        TenantId tenant = fields.value("tenant", TenantId::new);
        String operation = fields.text("operation");
        long version = fields.number("fleetVersion");
        String requester = fields.text("requester");
        Instant issuedAt = fields.instant("issuedAt");
        return switch (fields.text("kind")) {
            case "register-eis" ->
                new RegisterEis(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("nid", Nid::new),
                        fields.object("eis").object(),
                        fields.text("cardKeys"));
            case "on-card" ->
                new OnCard(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("nid", Nid::new),
                        plain(fields),
                        fields.instant("validUntil"),
                        fields.findValue("owner", ProfileOwner::new).orElse(null));
            case "download-profile" ->
                new DownloadProfile(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("nid", Nid::new),
                        ProfileDownload.fromJson(fields.object("download")),
                        profilePackage(fields),
                        fields.instant("validUntil"));
            case "on-group" ->
                new OnGroup(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("gid", Gid::new),
                        forMany(plain(fields), "function"),
                        fields.instant("validUntil"),
                        fields.findObject("campaign")
                                .map(CampaignPlan::fromJson)
                                .orElse(null));
            case "steer-campaign" ->
                new SteerCampaign(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("gid", Gid::new),
                        fields.text("campaign"),
                        fields.value("steering", Steering::of));
            case "decide-replacement" ->
                new DecideReplacement(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("old", Nid::new),
                        fields.text("ticket"),
                        fields.value("verdict", ReplacementVerdict::of),
                        fields.findText("reason").orElse(null),
                        fields.truthOr("peer", false));
            case "force-replacement" ->
                new ForceReplacement(
                        tenant,
                        fields.value("operation", OrderRecord::ticket),
                        version,
                        requester,
                        issuedAt,
                        fields.value("old", Nid::new),
                        fields.value("successor", Nid::new),
                        fields.value("gid", Gid::new),
                        fields.findValue("iccid", Iccid::new).orElse(null),
                        fields.text("reason"),
                        fields.truth("stolen"),
                        ProfileDownload.fromJson(fields.object("download")));
            case "answer-request" ->
                new AnswerRequest(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("nid", Nid::new),
                        fields.text("ticket"),
                        SubscriptionResult.refusal(fields));
            case "import-profile-template" ->
                new ImportProfileTemplate(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("template", TemplateId::new),
                        fields.text("profileTemplate"));
            case "import-subscriptions" ->
                new ImportSubscriptions(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("template", TemplateId::new),
                        fields.list("subscriptions", EncryptedSubscription::fromJson));
            default ->
                throw new MalformedRecordException(
                        "kind",
                        "register-eis, on-card, download-profile, on-group, steer-campaign, decide-replacement,"
                                + " force-replacement, answer-request,"
                                + " import-profile-template or import-subscriptions expected");
        };
    }

    private static String ticket(String operation) {
        if (!UUID.fromString(operation).toString().equals(operation)) {
            throw new IllegalArgumentException("a UUID in lower case expected");
        }
        return operation;
    }

    private static @Nullable String profilePackage(Fields fields) {
        boolean fromStock = fields.object("download").findText("template").isPresent();
        if (fromStock == fields.findText("profilePackage").isPresent()) {
            throw new MalformedRecordException("profilePackage", "either a package or a template expected");
        }
        return fields.findText("profilePackage").orElse(null);
    }

    /** @throws MalformedRecordException when it can be for one card only */
    static EsFunction forMany(EsFunction function, String member) {
        if (function.name().isForOneCard()) {
            throw new MalformedRecordException(
                    member, function.name().literal() + " is for one card, and this is for a group");
        }
        return function;
    }

    private static EsFunction plain(Fields fields) {
        EsFunction function = EsFunction.fromJson(fields.object("function"));
        if (function.name() == EsFunction.Name.DOWNLOAD_PROFILE) {
            throw new MalformedRecordException(
                    "function", "DownloadProfile comes with its package, as download-profile");
        }
        return function;
    }
}
