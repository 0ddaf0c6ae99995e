package io.godwit.simulator.device.mqtt;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;

/** Who a device is for the broker. {@code toString} does not tell the secret. */
public record MqttIdentity(TenantId tenant, Nid nid, String secret) {
    /** The user name: {@code <tenant>/<nid>}. */
    public String userName() {
        return tenant + "/" + nid;
    }

    @Override
    public String toString() {
        return userName();
    }
}
