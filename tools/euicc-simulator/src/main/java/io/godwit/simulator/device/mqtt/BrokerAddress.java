package io.godwit.simulator.device.mqtt;

import java.net.URI;

/**
 * Where a broker listens.
 *
 * @param tls whether to speak TLS, with the platform's certificate authorities; without it only on this machine
 */
public record BrokerAddress(String host, int port, boolean tls) {
    /** Parses {@code mqtt://host:port} or {@code mqtts://host:port}. */
    public static BrokerAddress parse(String uri) {
        URI parsed = URI.create(uri);
        boolean tls = "mqtts".equals(parsed.getScheme());
        if ((!tls && !"mqtt".equals(parsed.getScheme())) || parsed.getHost() == null || parsed.getPort() < 1) {
            throw new IllegalArgumentException("broker: mqtt://host:port or mqtts://host:port expected");
        }
        return new BrokerAddress(parsed.getHost(), parsed.getPort(), tls);
    }

    @Override
    public String toString() {
        return (tls ? "mqtts" : "mqtt") + "://" + host + ":" + port;
    }
}
