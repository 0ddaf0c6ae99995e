package io.godwit.cli.bench.download;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaProvider;
import io.godwit.protocol.Octets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The primitives that nobody can do without: one verification (CI and EUM may be known), one key pair, one agreement, one
 * signature, and each octet of the package once through AES for the cipher and once for the MAC, both for the ISD-P and for
 * the ISD-R. AES is the JDK's in CBC mode, which uses the processor's instructions; a CMAC is at least that.
 */
final class LowerBound {
    private static final int BLOCK = 16;

    private final SecureRandom random = new SecureRandom();
    private final EcdsaProvider provider = EcdsaProvider.chosen();
    private final EcKeyPair pair = EcKeyPair.generate(random);
    private final PrivateKey secret = provider.privateKey(pair.reveal());
    private final EcPublicKey other = EcKeyPair.generate(random).publicKey();
    private final Octets message = Octets.of(new byte[200]);
    private final Octets signature = pair.sign(message);
    private final SecretKeySpec aesKey = new SecretKeySpec(new byte[BLOCK], "AES");
    private final byte[] whole;

    /** @param octets of the package, whole blocks are made of it */
    LowerBound(int octets) {
        whole = new byte[(octets / BLOCK + 1) * BLOCK];
    }

    boolean verify() {
        return provider.verifies(pair.publicKey(), message, signature);
    }

    Object keyPair() {
        return provider.keyPair(random);
    }

    Object agree() {
        return provider.agree(secret, other);
    }

    Object sign() {
        return provider.sign(secret, message);
    }

    /** The package once through AES. */
    byte[] cipher() {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, aesKey, new IvParameterSpec(new byte[BLOCK]));
            return cipher.doFinal(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no working AES", e);
        }
    }
}
