package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in CBC mode over whole blocks with an initial value of zeros. SCP80 makes that safe enough by putting the counter,
 * which never repeats, into the first block.
 */
public final class AesCbc {
    public static final int BLOCK = 16;

    private AesCbc() {}

    /**
     * Ciphers whole blocks.
     *
     * @throws IllegalArgumentException when they are not whole
     */
    public static Octets encrypt(SecretOctets key, Octets clear) {
        return run(Cipher.ENCRYPT_MODE, key, clear);
    }

    /**
     * Deciphers whole blocks.
     *
     * @throws IllegalArgumentException when they are not whole
     */
    public static Octets decrypt(SecretOctets key, Octets ciphered) {
        return run(Cipher.DECRYPT_MODE, key, ciphered);
    }

    private static Octets run(int mode, SecretOctets key, Octets input) {
        if (input.length() % BLOCK != 0) {
            throw new IllegalArgumentException("aes-cbc: whole blocks of 16 octets expected");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, key.toAesKey(), new IvParameterSpec(new byte[BLOCK]));
            return Octets.of(cipher.doFinal(input.toBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no working AES", e);
        }
    }
}
