package io.godwit.gsma.ecdsa;

import io.godwit.protocol.Octets;

/** Who signs with a private key that the caller need not hold: a key in memory, behind a key port, in an HSM. */
public interface EcdsaSigner {
    /** The key under which what {@link #sign} returns verifies. */
    EcPublicKey publicKey();

    /**
     * An ECDSA signature with SHA-256 over {@code message}: r and s, 32 octets each.
     *
     * @throws IllegalStateException when the key is not there any more
     */
    Octets sign(Octets message);
}
