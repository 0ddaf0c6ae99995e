package io.godwit.local.hivemq;

/** Whether a client has to show a certificate when it connects with TLS. */
public enum ClientCertificates {
    /** Those that have one show it; the others log in with a password. */
    OPTIONAL,
    /** Nobody gets through the handshake without one. */
    REQUIRED
}
