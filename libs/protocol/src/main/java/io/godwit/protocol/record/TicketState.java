package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the ticket of a card's request stands.
 *
 * @param gid the group that it is for; empty: the card itself
 * @param until when it begins, expires, or is given up, by its stage
 * @param refusal why it was dropped
 */
public record TicketState(
        TicketStage stage,
        RequestReason reason,
        Optional<Gid> gid,
        Granted granted,
        Optional<Instant> until,
        Optional<SubscriptionResult.Refusal> refusal) {
    Json.Obj toJson() {
        Json.ObjectBuilder json = Json.object()
                .put("stage", stage.literal())
                .put("reason", reason.literal())
                .put("gid", gid.map(Gid::value).orElse(null));
        return granted.into(json)
                .put("until", until.map(Instant::toString).orElse(null))
                .put("code", refusal.map(SubscriptionResult.Refusal::code).orElse(null))
                .put("detail", refusal.map(SubscriptionResult.Refusal::detail).orElse(null))
                .build();
    }

    static TicketState fromJson(Fields fields) {
        try {
            return new TicketState(
                    fields.value("stage", TicketStage::of),
                    fields.value("reason", RequestReason::of),
                    fields.findValue("gid", Gid::new),
                    Granted.fromJson(fields),
                    fields.object().find("until").isEmpty() ? Optional.empty() : Optional.of(fields.instant("until")),
                    SubscriptionResult.refusal(fields));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("ticket", String.valueOf(e.getMessage()));
        }
    }
}
