package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Locale;
import javax.security.auth.Destroyable;

/**
 * The static keys of a security domain for SCP03 (GP Amendment D 6.1): from ENC and MAC come the session keys, DEK
 * protects keys that are sent within a session.
 *
 * @param keyVersion 30 to 3F (SGP.02 2.2.4)
 */
public record Scp03Keys(int keyVersion, SecretOctets enc, SecretOctets mac, SecretOctets dek) implements Destroyable {
    /** @throws IllegalArgumentException when the version is out of range or the keys are not AES keys of one size */
    public Scp03Keys {
        requireNonNull(enc, "enc is null");
        requireNonNull(mac, "mac is null");
        requireNonNull(dek, "dek is null");
        requireVersion(keyVersion);
        if (!enc.isAesKey() || mac.length() != enc.length() || dek.length() != enc.length()) {
            throw new IllegalArgumentException("keys: three of 16, three of 24 or three of 32 octets expected");
        }
    }

    /** Copies the keys. */
    public static Scp03Keys of(int keyVersion, Octets enc, Octets mac, Octets dek) {
        return new Scp03Keys(keyVersion, SecretOctets.copyOf(enc), SecretOctets.copyOf(mac), SecretOctets.copyOf(dek));
    }

    /** Whether SCP03 key sets may have this version. */
    static boolean isVersion(int keyVersion) {
        return keyVersion >= 0x30 && keyVersion <= 0x3f;
    }

    static void requireVersion(int keyVersion) {
        if (!isVersion(keyVersion)) {
            throw new IllegalArgumentException("keyVersion: 30 to 3F expected for SCP03");
        }
    }

    /**
     * An AES key under DEK, for PUT KEY (GP Amendment D 6.2.8): AES-CBC from zeros; eight zeros follow a key of 24 octets.
     *
     * @throws IllegalArgumentException when {@code key} is no AES key
     */
    public Octets protectKey(SecretOctets key) {
        if (!key.isAesKey()) {
            throw new IllegalArgumentException("key: 16, 24 or 32 octets expected");
        }
        byte[] padded = Arrays.copyOf(key.reveal().toBytes(), protectedLength(key.length()));
        Octets ciphered = AesCbc.encrypt(dek, Octets.of(padded));
        Arrays.fill(padded, (byte) 0);
        return ciphered;
    }

    /**
     * The key of {@code length} octets within what {@link #protectKey} made. Nothing proves that it is the one sent: that
     * is for the channel's MAC and the key check value to do.
     */
    public Parsed<SecretOctets> unprotectKey(Octets ciphered, int length) {
        boolean aesKey = length == 16 || length == 24 || length == 32;
        if (!aesKey || ciphered.length() != protectedLength(length)) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        byte[] padded = AesCbc.decrypt(dek, ciphered).toBytes();
        SecretOctets key = SecretOctets.wiping(Arrays.copyOf(padded, length));
        Arrays.fill(padded, (byte) 0);
        return Parsed.read(key);
    }

    private static int protectedLength(int length) {
        return length + Math.floorMod(-length, AesCbc.BLOCK);
    }

    @Override
    public void destroy() {
        enc.destroy();
        mac.destroy();
        dek.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return enc.isDestroyed() && mac.isDestroyed() && dek.isDestroyed();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Scp03Keys[keyVersion=%02X]", keyVersion);
    }
}
