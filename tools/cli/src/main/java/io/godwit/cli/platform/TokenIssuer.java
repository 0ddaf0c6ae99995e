package io.godwit.cli.platform;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * Signs tokens for this machine's registry, which trusts this key and no other. Elsewhere an OpenID Connect provider does
 * this.
 */
public final class TokenIssuer {
    /** The {@code iss} of the tokens. */
    public static final String ISSUER = "https://local.godwit";

    private static final int RSA_BITS = 2048;

    private final PrivateKey privateKey;
    private final String publicKey;

    private TokenIssuer(PrivateKey privateKey, String publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * The issuer of that home; its key is made at first use and readable by its owner only.
     *
     * @throws PlatformException when the key cannot be read or written
     */
    public static TokenIssuer in(Path home) {
        Path file = home.resolve("token-key.pkcs8");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(RSA_BITS);
                KeyPair pair = generator.generateKeyPair();
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(file, pair.getPrivate().getEncoded());
            }
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
            byte[] encoded = rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return new TokenIssuer(key, Base64.getEncoder().encodeToString(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformException(
                    "The token key " + file + " cannot be used.", "Check who owns it, or remove it for a new one.", e);
        }
    }

    /** The public key, X.509 in base64: what the registry is configured with. */
    public String publicKey() {
        return publicKey;
    }

    /**
     * A signed token.
     *
     * @param roles among {@code platform-admin}, {@code operator}, {@code viewer}
     * @param validity how long it is good for, from now
     */
    public String token(String subject, String tenant, List<String> roles, Duration validity) {
        return token(subject, tenant, roles, Optional.empty(), validity);
    }

    /**
     * A signed token.
     *
     * @param roles among {@code platform-admin}, {@code operator}, {@code viewer}, {@code profile-owner}
     * @param profileOwner the operator of profiles that the bearer speaks for, with the role {@code profile-owner}
     * @param validity how long it is good for, from now
     */
    public String token(
            String subject, String tenant, List<String> roles, Optional<String> profileOwner, Duration validity) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(subject);
        claims.setStringClaim("tenant", tenant);
        claims.setStringListClaim("groups", roles);
        profileOwner.ifPresent(operator -> claims.setStringClaim("profile_owner", operator));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture((float) validity.toMinutes());
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(privateKey);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("an RSA key signs RS256", e);
        }
    }
}
