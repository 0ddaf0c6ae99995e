package io.godwit.protocol.record;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/**
 * What came of one subscription that was to be imported.
 *
 * @param refusal why the SM-DP does not have it; empty: it does
 */
public record SubscriptionResult(Iccid iccid, Optional<Refusal> refusal) {
    public SubscriptionResult {
        requireNonNull(iccid, "iccid is null");
        requireNonNull(refusal, "refusal is null");
    }

    /**
     * Why something was not imported.
     *
     * @param code stable, for programs
     * @param detail for people: the member at fault and the remedy, and nothing that was encrypted
     */
    public record Refusal(String code, String detail) {
        public Refusal {
            requireNonNull(code, "code is null");
            requireNonNull(detail, "detail is null");
        }
    }

    /** The SM-DP has it. */
    public static SubscriptionResult stored(Iccid iccid) {
        return new SubscriptionResult(iccid, Optional.empty());
    }

    public static SubscriptionResult refused(Iccid iccid, Refusal refusal) {
        return new SubscriptionResult(iccid, Optional.of(refusal));
    }

    Json.Obj toJson() {
        return Json.object()
                .put("iccid", iccid.digits())
                .put("code", refusal.map(Refusal::code).orElse(null))
                .put("detail", refusal.map(Refusal::detail).orElse(null))
                .build();
    }

    static SubscriptionResult fromJson(Fields fields) {
        return new SubscriptionResult(fields.value("iccid", Iccid::new), refusal(fields));
    }

    static Optional<Refusal> refusal(Fields fields) {
        return fields.findText("code").map(code -> new Refusal(code, fields.text("detail")));
    }
}
