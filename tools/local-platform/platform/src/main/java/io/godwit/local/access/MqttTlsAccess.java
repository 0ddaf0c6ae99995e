package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where devices connect with TLS.
 *
 * @param authority what they have to trust (PEM)
 * @param trustStore whose certificates the listener takes (PKCS #12); the broker extension keeps it at all tenants' anchors
 */
public record MqttTlsAccess(String host, int port, Path authority, Path trustStore, String trustStorePassword) {
    public MqttTlsAccess {
        requireNonNull(host, "host is null");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
