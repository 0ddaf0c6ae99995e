package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM around keys: {@code version 01 | nonce 12 | ciphertext and tag}; the binding is authenticated with it. */
final class AesGcm {
    static final int KEY = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private AesGcm() {}

    static SecretOctets newKey() {
        byte[] key = new byte[KEY];
        RANDOM.nextBytes(key);
        SecretOctets secret = SecretOctets.copyOf(Octets.of(key));
        Arrays.fill(key, (byte) 0);
        return secret;
    }

    static Octets wrap(SecretOctets under, SecretOctets key, String binding) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, under, nonce, 0, binding);
            byte[] sealed = cipher.doFinal(key.reveal().toBytes());
            return Octets.concat(Octets.of(VERSION), Octets.of(nonce), Octets.of(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** @throws UnwrapException when it does not open */
    static SecretOctets unwrap(SecretOctets under, Octets wrapped, String binding) {
        if (wrapped.length() < 1 + NONCE || wrapped.at(0) != VERSION) {
            throw new UnwrapException(binding);
        }
        byte[] bytes = wrapped.toBytes();
        try {
            byte[] clear = cipher(Cipher.DECRYPT_MODE, under, bytes, 1, binding)
                    .doFinal(bytes, 1 + NONCE, bytes.length - 1 - NONCE);
            SecretOctets key = SecretOctets.copyOf(Octets.of(clear));
            Arrays.fill(clear, (byte) 0);
            return key;
        } catch (GeneralSecurityException e) {
            throw new UnwrapException(binding);
        }
    }

    private static Cipher cipher(int mode, SecretOctets under, byte[] nonce, int at, String binding)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, under.toAesKey(), new GCMParameterSpec(TAG_BITS, nonce, at, NONCE));
        cipher.updateAAD(binding.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
