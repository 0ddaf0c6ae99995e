package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;

/**
 * The key derivation of ANSI X9.63 with SHA-256 (BSI TR-03111 4.3.3): each block is the hash of the shared secret, a
 * counter of four octets that starts at 1, and the shared info.
 */
public final class X963Kdf {
    /** No key set of SGP.02 needs more. */
    public static final int MAX = 1024;

    private X963Kdf() {}

    /**
     * Derives exactly {@code length} octets.
     *
     * @param sharedSecret what both sides know and nobody else
     * @param length 1 to 1024 octets; the rest of the last block is cut off
     * @throws IllegalArgumentException when {@code length} is another number
     */
    public static SecretOctets derive(SecretOctets sharedSecret, Octets sharedInfo, int length) {
        if (length < 1 || length > MAX) {
            throw new IllegalArgumentException("kdf: 1 to 1024 octets expected");
        }
        byte[] from = sharedSecret.toKeyParameter().getKey();
        // It counts from 1, where KDF1 counts from 0.
        KDF2BytesGenerator generator = new KDF2BytesGenerator(SHA256Digest.newInstance());
        generator.init(new KDFParameters(from, sharedInfo.toBytes()));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        Arrays.fill(from, (byte) 0);
        return SecretOctets.wiping(derived);
    }
}
