package io.godwit.local.hivemq;

import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.tls.TlsFolder;

/** HiveMQ's listener with TLS 1.2 and 1.3; older versions are not spoken. */
record TlsListener(int port, TlsFolder files, ClientCertificates certificates) {
    private static final String XML = """
                <tls-tcp-listener>
                  <port>%d</port>
                  <bind-address>127.0.0.1</bind-address>
                  <tls>
                    <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
                    <keystore>
                      <path>%s</path><password>%s</password><private-key-password>%s</private-key-password>
                    </keystore>
                    <truststore><path>%s</path><password>%s</password></truststore>
                    <client-authentication-mode>%s</client-authentication-mode>
                  </tls>
                </tls-tcp-listener>
            """;

    String xml() {
        return XML.formatted(
                port,
                files.keyStore(),
                files.password(),
                files.password(),
                files.trustStore(),
                files.password(),
                certificates);
    }

    MqttTlsAccess access() {
        return new MqttTlsAccess("127.0.0.1", port, files.authority(), files.trustStore(), files.password());
    }
}
