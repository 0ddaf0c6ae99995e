package io.godwit.gsma.ecdsa;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A key pair of NIST P-256 in memory. Two are equal only when they are the same object, and {@code toString} shows the
 * public half alone. It can be wiped; afterwards signing and agreeing throw {@link IllegalStateException}. The provider's own copy is
 * wiped where the provider can (Corretto's can, BouncyCastle's waits for the garbage collector).
 */
public final class EcKeyPair implements EcdsaSigner, Destroyable, AutoCloseable {
    /** Octets of a private key. */
    public static final int SIZE = P256.SIZE;

    private final SecretOctets scalar;
    private final EcPublicKey publicKey;
    private @Nullable PrivateKey parsed;

    private EcKeyPair(Octets scalar, EcPublicKey publicKey) {
        this.scalar = SecretOctets.copyOf(scalar);
        this.publicKey = publicKey;
    }

    private EcKeyPair(Octets scalar) {
        this(scalar, new EcPublicKey(P256.multiplyGenerator(scalar)));
    }

    /** A fresh pair: scalars are drawn until one lies from 1 to n - 1 (FIPS 186-5 A.2.2). */
    public static EcKeyPair generate(SecureRandom random) {
        byte[] drawn = new byte[P256.SIZE];
        Octets scalar;
        do {
            random.nextBytes(drawn);
            scalar = Octets.of(drawn);
        } while (!P256.isScalar(scalar));
        java.util.Arrays.fill(drawn, (byte) 0);
        return new EcKeyPair(scalar);
    }

    /**
     * A fresh pair for one session, made by the chosen provider, which may draw from a source of its own in place of {@code
     * random}: several times faster than {@link #generate}.
     */
    public static EcKeyPair ephemeral(SecureRandom random) {
        KeyPair pair = EcdsaProvider.chosen().keyPair(random);
        if (!(pair.getPrivate() instanceof ECPrivateKey secret) || !(pair.getPublic() instanceof ECPublicKey shown)) {
            throw new IllegalStateException(EcdsaProvider.chosen().description() + " makes no EC keys");
        }
        Octets point = Octets.concat(
                Octets.ofInts(0x04),
                P256.fixed(shown.getW().getAffineX()),
                P256.fixed(shown.getW().getAffineY()));
        return new EcKeyPair(P256.fixed(secret.getS()), new EcPublicKey(point));
    }

    /** Whether {@code octets} are a private key on P-256: a number from 1 to n - 1 in 32 octets. */
    public static boolean isPrivateKey(Octets octets) {
        return P256.isScalar(octets);
    }

    /**
     * The pair of a private scalar.
     *
     * @param scalar 32 octets, a number from 1 to n - 1
     * @throws IllegalArgumentException when it is not
     */
    public static EcKeyPair of(Octets scalar) {
        requireNonNull(scalar, "scalar is null");
        if (!P256.isScalar(scalar)) {
            throw new IllegalArgumentException(
                    "private key: 32 octets expected, a number from 1 to below the order of P-256");
        }
        return new EcKeyPair(scalar);
    }

    @Override
    public EcPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Octets sign(Octets message) {
        return EcdsaProvider.chosen().sign(privateKey(), message);
    }

    /**
     * The shared secret with the owner of {@code other}, 32 octets: the x coordinate of their common point. It is no key
     * yet; see {@link io.godwit.gsma.ecka.EckaEg}.
     */
    public SecretOctets agree(EcPublicKey other) {
        return EcdsaProvider.chosen().agree(privateKey(), other);
    }

    /** The private scalar in clear, for the one who encrypts it before it is stored. */
    public Octets reveal() {
        return scalar.reveal();
    }

    private synchronized PrivateKey privateKey() {
        PrivateKey key = parsed;
        if (key == null || scalar.isDestroyed()) {
            // A wiped scalar throws here.
            key = EcdsaProvider.chosen().privateKey(scalar.reveal());
            parsed = key;
        }
        return key;
    }

    @Override
    public synchronized void destroy() {
        scalar.destroy();
        PrivateKey key = parsed;
        parsed = null;
        if (key == null) {
            return;
        }
        try {
            key.destroy();
        } catch (DestroyFailedException itCannot) {
            // Nothing refers to it any more: all that can be done.
            return;
        }
    }

    @Override
    public boolean isDestroyed() {
        return scalar.isDestroyed();
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return "EcKeyPair[" + publicKey + "]";
    }
}
