package io.godwit.simulator.device;

import io.godwit.protocol.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which a packet or a message is known. */
public final class Sha256 {
    private Sha256() {}

    public static Octets of(Octets octets) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256").digest(octets.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A message id that is the same for the same packet, also after a restart of the device. */
    static String id(String prefix, Octets packet) {
        return prefix + of(packet).slice(0, 12).toHex();
    }
}
