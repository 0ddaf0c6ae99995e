package io.godwit.gsma.ecka;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.crypto.X963Kdf;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;

/**
 * ElGamal key agreement on P-256 (BSI TR-03111 4.3.2.1). Both sides run the same: the card with SK.ECASD and the other's
 * ephemeral public key, the other with its ephemeral private key and PK.ECASD from the card's certificate.
 *
 * <p>The card's key is static: who learns it can read every session that was recorded. DR only makes the keys new.
 */
public final class EckaEg {
    private EckaEg() {}

    /**
     * Agrees with the owner of {@code other} and derives the keys; the shared secret is wiped.
     *
     * @throws IllegalStateException when {@code own} has been destroyed
     */
    public static EstablishedKeys establish(EcKeyPair own, EcPublicKey other, SharedInfo info) {
        SecretOctets sharedSecret = own.agree(other);
        try {
            return derive(sharedSecret, info);
        } finally {
            sharedSecret.destroy();
        }
    }

    /** The keys of a shared secret: receipt key, ENC, MAC and DEK are one derived string, cut into four. */
    static EstablishedKeys derive(SecretOctets sharedSecret, SharedInfo info) {
        SecretOctets all = X963Kdf.derive(sharedSecret, info.encode(), 4 * EstablishedKeys.KEY_SIZE);
        try {
            return EstablishedKeys.cut(all, info.random());
        } finally {
            all.destroy();
        }
    }
}
