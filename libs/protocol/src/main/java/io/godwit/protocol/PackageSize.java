package io.godwit.protocol;

/**
 * How large a profile package or a template may be, wherever it passes: what the registry takes is carried by its outbox and by
 * Kafka, and looked at by the SM-DP.
 */
public final class PackageSize {
    /** Octets in DER, before they are encrypted; real packages with applets have some 60,000. */
    public static final int MAX_OCTETS = 512 * 1024;

    private PackageSize() {}
}
