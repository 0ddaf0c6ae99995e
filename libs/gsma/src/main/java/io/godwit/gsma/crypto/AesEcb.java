package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;

/** AES over one block alone (FIPS 197): never for data, only for what is derived from a counter or a constant. */
public final class AesEcb {
    private AesEcb() {}

    /**
     * Ciphers one block of 16 octets; the key has 16, 24 or 32 octets.
     *
     * @throws IllegalArgumentException when it is not one block
     */
    public static Octets encryptBlock(SecretOctets key, Octets block) {
        if (block.length() != AesCbc.BLOCK) {
            throw new IllegalArgumentException("aes-ecb: one block of 16 octets expected");
        }
        BlockCipher cipher = AESEngine.newInstance();
        cipher.init(true, key.toKeyParameter());
        byte[] out = new byte[AesCbc.BLOCK];
        cipher.processBlock(block.toBytes(), 0, out, 0);
        return Octets.of(out);
    }
}
