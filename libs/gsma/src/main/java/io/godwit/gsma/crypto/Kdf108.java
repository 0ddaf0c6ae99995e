package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;

/**
 * The key derivation of NIST SP 800-108 in counter mode with AES-CMAC, in the one form that SCP03 uses (GP Amendment D
 * 4.1.5): each block is the MAC of eleven zeros, the constant, 00, the length in bits, the counter, the context.
 */
public final class Kdf108 {
    private static final Octets ZEROS = Octets.of(new byte[11]);
    private static final int COUNTER_BITS = 8;

    private Kdf108() {}

    /**
     * Derives {@code length} octets.
     *
     * @param key an AES key
     * @param constant what it is derived for, one octet
     * @param length 8, 16, 24 or 32 octets; two blocks are made for more than 16 and the rest is cut off
     * @throws IllegalArgumentException when {@code constant} or {@code length} is another number
     */
    public static SecretOctets derive(SecretOctets key, int constant, Octets context, int length) {
        if (constant >>> 8 != 0 || length < 8 || length > 32 || length % 8 != 0) {
            throw new IllegalArgumentException("kdf: a constant of one octet and 8, 16, 24 or 32 octets expected");
        }
        int bits = 8 * length;
        Octets label = ZEROS.plus(Octets.ofInts(constant, 0x00, bits >> 8, bits));
        byte[] from = key.toKeyParameter().getKey();
        KDFCounterBytesGenerator generator = new KDFCounterBytesGenerator(new CMac(AESEngine.newInstance()));
        generator.init(new KDFCounterParameters(from, label.toBytes(), context.toBytes(), COUNTER_BITS));
        Arrays.fill(from, (byte) 0);
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        return SecretOctets.wiping(derived);
    }
}
