package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.util.Arrays;

/** The key check value of an AES key (GPC 2.3.1 B.6): it tells whether both sides mean the same key. */
public final class KeyCheckValue {
    private static final Octets ONES = ones();

    private KeyCheckValue() {}

    /** The first three octets of one block of 01 under {@code key}, an AES key. */
    public static Octets of(SecretOctets key) {
        return AesEcb.encryptBlock(key, ONES).slice(0, 3);
    }

    private static Octets ones() {
        byte[] block = new byte[AesCbc.BLOCK];
        Arrays.fill(block, (byte) 1);
        return Octets.of(block);
    }
}
