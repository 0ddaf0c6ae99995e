package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A key. It tells nothing of itself in {@code toString} and {@code hashCode}, compares in constant time, and can be
 * wiped; afterwards every use of it throws {@link IllegalStateException}.
 */
public final class SecretOctets implements Destroyable {
    private final byte[] bytes;
    private volatile boolean destroyed;

    private SecretOctets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code octets}, which themselves cannot be wiped: let go of them soon. */
    public static SecretOctets copyOf(Octets octets) {
        return new SecretOctets(octets.toBytes());
    }

    /** Takes over what {@code bytes} hold and fills them with zeros. */
    public static SecretOctets wiping(byte[] bytes) {
        SecretOctets secret = new SecretOctets(bytes.clone());
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    /**
     * A secret of its own with the octets from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException when the range does not lie within
     */
    public SecretOctets slice(int from, int to) {
        requireAlive();
        Objects.checkFromToIndex(from, to, bytes.length);
        return new SecretOctets(Arrays.copyOfRange(bytes, from, to));
    }

    /** A secret of its own with the same octets, which lives on when this one is destroyed. */
    public SecretOctets copy() {
        return slice(0, bytes.length);
    }

    public int length() {
        return bytes.length;
    }

    /** Whether AES takes it: 16, 24 or 32 octets. */
    public boolean isAesKey() {
        return bytes.length == 16 || bytes.length == 24 || bytes.length == 32;
    }

    /** The key in clear, for the one who encrypts it before it is stored. */
    public Octets reveal() {
        requireAlive();
        return Octets.of(bytes);
    }

    /** This key for the JCA. */
    public SecretKey toAesKey() {
        requireAlive();
        return new SecretKeySpec(bytes, "AES");
    }

    /** This key for BouncyCastle, without a copy on the way that nobody wipes. */
    KeyParameter toKeyParameter() {
        requireAlive();
        return new KeyParameter(bytes);
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the key has been destroyed");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretOctets secret
                && destroyed == secret.destroyed
                && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** Only the length goes into it. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretOctets[hidden]";
    }
}
