package io.godwit.gsma.ecdsa;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who does the arithmetic: the Amazon Corretto Crypto Provider where its native library loads and its self tests pass,
 * BouncyCastle elsewhere; never the JDK's own, which is twenty times slower on Java 17. It is chosen once, when it is
 * first needed, and is not registered with the JVM, so that nothing else in the process changes.
 */
public final class EcdsaProvider {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final ECParameterSpec CURVE = curve();

    /** The choice, made when somebody first asks for it. */
    private static final class Chosen {
        private static final EcdsaProvider PROVIDER = corretto().orElseGet(EcdsaProvider::bouncyCastle);

        private Chosen() {}
    }

    private final Provider provider;
    private final KeyFactory keys;
    private final SignatureForm form;
    private final PublicKeys parsed = new PublicKeys(this::parse);

    private EcdsaProvider(Provider provider, SignatureForm form) {
        this.provider = provider;
        this.form = form;
        try {
            this.keys = KeyFactory.getInstance("EC", provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " has no elliptic curves", e);
        }
    }

    /** The provider that this process uses. */
    public static EcdsaProvider chosen() {
        return Chosen.PROVIDER;
    }

    /** All that run here, the chosen one first: to be measured against each other. */
    public static List<EcdsaProvider> available() {
        List<EcdsaProvider> all = new ArrayList<>();
        corretto().ifPresent(all::add);
        all.add(bouncyCastle());
        return all;
    }

    /** Corretto's, where it runs. */
    static Optional<EcdsaProvider> corretto() {
        return CorrettoProvider.load().map(found -> new EcdsaProvider(found, SignatureForm.P1363));
    }

    /** BouncyCastle's; its signatures are deterministic (RFC 6979), which needs no random numbers at that moment. */
    static EcdsaProvider bouncyCastle() {
        return new EcdsaProvider(BOUNCY_CASTLE, SignatureForm.DETERMINISTIC_DER);
    }

    /** Which one it is and its version, for a start's log line and for measurements. */
    public String description() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /** As {@link EcPublicKey#verifies}, by this provider. */
    public boolean verifies(EcPublicKey key, Octets message, Octets signature) {
        if (signature.length() != EcPublicKey.SIGNATURE_SIZE
                || !P256.isScalar(signature.slice(0, P256.SIZE))
                || !P256.isScalar(signature.from(P256.SIZE))) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(form.algorithm(), provider);
            verifier.initVerify(parsed.of(key));
            verifier.update(message.toBytes());
            return verifier.verify(form.fromPlain(signature).toBytes());
        } catch (SignatureException notOne) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " does not verify ECDSA", e);
        }
    }

    /** r and s of a signature with {@code key}, which this provider made. */
    public Octets sign(PrivateKey key, Octets message) {
        try {
            Signature signer = Signature.getInstance(form.algorithm(), provider);
            signer.initSign(key);
            signer.update(message.toBytes());
            return form.toPlain(Octets.of(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " does not sign with ECDSA", e);
        }
    }

    /**
     * The shared secret of elliptic curve Diffie-Hellman (BSI TR-03111 4.3.1): the x coordinate of {@code key} times the
     * point of {@code other}, 32 octets. It is no key yet.
     */
    public SecretOctets agree(PrivateKey key, EcPublicKey other) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
            agreement.init(key);
            agreement.doPhase(parse(other), true);
            return SecretOctets.wiping(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " does not agree on keys", e);
        }
    }

    /** A fresh key pair as this provider makes one; it may draw from a source of its own in place of {@code random}. */
    public KeyPair keyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " makes no key pairs", e);
        }
    }

    /** A private key as this provider holds it. */
    public PrivateKey privateKey(Octets scalar) {
        try {
            return keys.generatePrivate(new ECPrivateKeySpec(P256.number(scalar), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " does not take a private key", e);
        }
    }

    private PublicKey parse(EcPublicKey key) {
        BigInteger x = P256.x(key.point());
        BigInteger y = P256.y(key.point());
        try {
            return keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(description() + " does not take a public key", e);
        }
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", BOUNCY_CASTLE);
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("BouncyCastle has no P-256", e);
        }
    }
}
