package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;

/**
 * AES-CMAC (NIST SP 800-38B, RFC 4493): the last block of AES in CBC mode over the message, whose own last block is mixed with
 * a subkey. A long message goes through the JDK's cipher, which uses the processor's AES instructions: a package of 12 KB comes
 * here twice, and costs a quarter. A short one goes through the library's, which costs a quarter of setting up the JDK's.
 */
public final class AesCmac {
    private static final int BLOCK = AesCbc.BLOCK;

    /** What is left over when a polynomial of degree 128 is doubled (SP 800-38B section 5.3). */
    private static final int R128 = 0x87;

    private static final int PADDING = 0x80;

    /** Octets above which the JDK's cipher is the faster one. */
    private static final int SHORT = 512;

    private AesCmac() {}

    /** All 16 octets of the MAC over {@code parts} one after the other; the key has 16, 24 or 32 octets. */
    public static Octets of(SecretOctets key, Octets... parts) {
        int length = Arrays.stream(parts).mapToInt(Octets::length).sum();
        return length <= SHORT ? ofShort(key, parts) : ofLong(key, length, parts);
    }

    private static Octets ofShort(SecretOctets key, Octets... parts) {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(key.toKeyParameter());
        for (Octets part : parts) {
            mac.update(part.toBytes(), 0, part.length());
        }
        byte[] out = new byte[BLOCK];
        mac.doFinal(out, 0);
        return Octets.of(out);
    }

    private static Octets ofLong(SecretOctets key, int length, Octets... parts) {
        boolean whole = length % BLOCK == 0;
        byte[] message = new byte[whole ? length : (length / BLOCK + 1) * BLOCK];
        int at = 0;
        for (Octets part : parts) {
            byte[] bytes = part.toBytes();
            System.arraycopy(bytes, 0, message, at, bytes.length);
            at += bytes.length;
        }
        if (!whole) {
            message[at] = (byte) PADDING;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key.toAesKey(), new IvParameterSpec(new byte[BLOCK]));
            // The cipher begins anew with each doFinal.
            byte[] subkey = doubled(cipher.doFinal(new byte[BLOCK]));
            if (!whole) {
                subkey = doubled(subkey);
            }
            for (int i = 0; i < BLOCK; i++) {
                message[message.length - BLOCK + i] ^= subkey[i];
            }
            byte[] ciphered = cipher.doFinal(message);
            Arrays.fill(subkey, (byte) 0);
            Arrays.fill(message, (byte) 0);
            return Octets.of(Arrays.copyOfRange(ciphered, ciphered.length - BLOCK, ciphered.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no working AES", e);
        }
    }

    /** The block as a polynomial, times x; without a branch on what it holds. */
    private static byte[] doubled(byte[] block) {
        byte[] twice = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int octet = block[i] & 0xff;
            twice[i] = (byte) (octet << 1 | carry);
            carry = octet >> 7;
        }
        twice[BLOCK - 1] ^= (byte) (R128 & -carry);
        return twice;
    }
}
