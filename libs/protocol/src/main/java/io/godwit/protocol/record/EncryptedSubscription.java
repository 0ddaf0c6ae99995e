package io.godwit.protocol.record;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.json.Json;

/**
 * The data of one subscription on their way to the SM-DP.
 *
 * @param iccid the profile that will bear it
 * @param subscription JWE in compact form under the SM-DP's transport key, passed on unread
 */
public record EncryptedSubscription(Iccid iccid, String subscription) {
    public EncryptedSubscription {
        requireNonNull(iccid, "iccid is null");
        requireNonNull(subscription, "subscription is null");
    }

    Json.Obj toJson() {
        return Json.object()
                .put("iccid", iccid.digits())
                .put("subscription", subscription)
                .build();
    }

    static EncryptedSubscription fromJson(Fields fields) {
        return new EncryptedSubscription(fields.value("iccid", Iccid::new), fields.text("subscription"));
    }

    @Override
    public String toString() {
        return "EncryptedSubscription[" + iccid + "]";
    }
}
