package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.RecordKey;
import java.time.Instant;

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

    /** The {@code sub} of the token that asked. */
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

    /** A function on one card. Without an outcome at {@code validUntil} it has expired. */
    record OnCard(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Nid nid,
            EsFunction function,
            Instant validUntil)
            implements OrderRecord {}

    /** A function on every card that is a member of the group when the order is expanded. */
    record OnGroup(
            TenantId tenant,
            String operation,
            long fleetVersion,
            String requester,
            Instant issuedAt,
            Gid gid,
            EsFunction function,
            Instant validUntil)
            implements OrderRecord {}

    /** The record's key. */
    default String key() {
        if (this instanceof RegisterEis register) {
            return RecordKey.of(tenant(), register.nid());
        }
        return this instanceof OnCard onCard
                ? RecordKey.of(tenant(), onCard.nid())
                : RecordKey.of(tenant(), ((OnGroup) this).gid());
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
            return JsonWriter.write(start("on-card")
                    .put("nid", onCard.nid().value())
                    .put("function", onCard.function().toJson())
                    .put("validUntil", onCard.validUntil().toString())
                    .build());
        }
        OnGroup onGroup = (OnGroup) this;
        return JsonWriter.write(start("on-group")
                .put("gid", onGroup.gid().value())
                .put("function", onGroup.function().toJson())
                .put("validUntil", onGroup.validUntil().toString())
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
                        EsFunction.fromJson(fields.object("function")),
                        fields.instant("validUntil"));
            case "on-group" ->
                new OnGroup(
                        tenant,
                        operation,
                        version,
                        requester,
                        issuedAt,
                        fields.value("gid", Gid::new),
                        EsFunction.fromJson(fields.object("function")),
                        fields.instant("validUntil"));
            default -> throw new MalformedRecordException("kind", "register-eis, on-card or on-group expected");
        };
    }
}
