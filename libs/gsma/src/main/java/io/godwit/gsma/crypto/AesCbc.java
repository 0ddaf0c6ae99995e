package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in CBC mode over whole blocks (NIST SP 800-38A). Without an initial value it is zeros: SCP80 makes that safe enough
 * by putting the counter, which never repeats, into the first block; SCP03 gives one that nobody can foretell.
 */
public final class AesCbc {
    public static final int BLOCK = 16;

    private static final Octets ZEROS = Octets.of(new byte[BLOCK]);

    private AesCbc() {}

    /**
     * Ciphers whole blocks.
     *
     * @throws IllegalArgumentException when they are not whole
     */
    public static Octets encrypt(SecretOctets key, Octets clear) {
        return encrypt(key, ZEROS, clear);
    }

    /**
     * Ciphers whole blocks from the initial value {@code iv}.
     *
     * @throws IllegalArgumentException when they are not whole, or {@code iv} is not one block
     */
    public static Octets encrypt(SecretOctets key, Octets iv, Octets clear) {
        return run(Cipher.ENCRYPT_MODE, key, iv, clear);
    }

    /**
     * Deciphers whole blocks.
     *
     * @throws IllegalArgumentException when they are not whole
     */
    public static Octets decrypt(SecretOctets key, Octets ciphered) {
        return decrypt(key, ZEROS, ciphered);
    }

    /**
     * Deciphers whole blocks from the initial value {@code iv}.
     *
     * @throws IllegalArgumentException when they are not whole, or {@code iv} is not one block
     */
    public static Octets decrypt(SecretOctets key, Octets iv, Octets ciphered) {
        return run(Cipher.DECRYPT_MODE, key, iv, ciphered);
    }

    private static Octets run(int mode, SecretOctets key, Octets iv, Octets input) {
        if (iv.length() != BLOCK || input.length() % BLOCK != 0) {
            throw new IllegalArgumentException("aes-cbc: whole blocks of 16 octets expected");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, key.toAesKey(), new IvParameterSpec(iv.toBytes()));
            return Octets.of(cipher.doFinal(input.toBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no working AES", e);
        }
    }
}
