package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;

/**
 * What a replacement is about.
 *
 * @param mode {@code Reissue}, {@code Peer} or {@code Forced}
 * @param gid the group of both devices
 * @param old the device whose card has the profile
 * @param successor the device whose card is to have it
 * @param reason the successor's words, for people
 */
public record ReplacementParties(String mode, Gid gid, Nid old, Nid successor, Iccid iccid, String reason) {
    /** Adds itself to a record of its own. */
    Json.ObjectBuilder addTo(Json.ObjectBuilder json) {
        return json.put("mode", mode)
                .put("gid", gid.value())
                .put("old", old.value())
                .put("successor", successor.value())
                .put("iccid", iccid.digits())
                .put("reason", reason);
    }

    static ReplacementParties from(Fields fields) {
        return new ReplacementParties(
                fields.text("mode"),
                fields.value("gid", Gid::new),
                fields.value("old", Nid::new),
                fields.value("successor", Nid::new),
                fields.value("iccid", Iccid::new),
                fields.text("reason"));
    }
}
