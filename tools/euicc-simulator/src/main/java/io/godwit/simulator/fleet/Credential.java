package io.godwit.simulator.fleet;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.device.mqtt.MqttIdentity;

/**
 * What the registry gave for a registered card.
 *
 * @param identity nid and device secret, under the tenant that the card belongs to
 */
public record Credential(Eid eid, MqttIdentity identity) {
    /** {@code {"v":1,"eid":...,"tenant":...,"nid":...,"deviceSecret":...}}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("v", 1)
                .put("eid", eid.digits())
                .put("tenant", identity.tenant().value())
                .put("nid", identity.nid().value())
                .put("deviceSecret", identity.secret())
                .build();
    }

    public static Credential fromJson(Fields fields) {
        return new Credential(
                fields.value("eid", Eid::new),
                new MqttIdentity(
                        fields.value("tenant", TenantId::new),
                        fields.value("nid", Nid::new),
                        fields.text("deviceSecret")));
    }

    static Credential decode(Octets octets) {
        return fromJson(Fields.ofRecord(octets));
    }
}
