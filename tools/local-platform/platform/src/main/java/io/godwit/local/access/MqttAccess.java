package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

/** Where devices connect. Their credentials are their own. */
public record MqttAccess(String host, int port) {
    public MqttAccess {
        requireNonNull(host, "host is null");
    }
}
