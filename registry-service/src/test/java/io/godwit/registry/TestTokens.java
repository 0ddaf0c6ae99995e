package io.godwit.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the service a public key to trust, and signs tokens with the private one: the real check is run. */
public final class TestTokens implements QuarkusTestResourceLifecycleManager {
    private static final String PRIVATE_KEY = "godwit.test.private-key";

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return Map.of(
                    "quarkus.oidc.public-key",
                    base64.encodeToString(pair.getPublic().getEncoded()),
                    "godwit.device-credential.pepper",
                    "ab".repeat(32),
                    PRIVATE_KEY,
                    base64.encodeToString(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {}

    static String token(String tenant, String... roles) {
        return owned(tenant, null, roles);
    }

    /** With the claim {@code profile_owner}, whatever it may be; {@code null}: without. */
    static String owned(String tenant, Object owner, String... roles) {
        var claims = Jwt.claims()
                .subject("alice")
                .groups(Set.of(roles))
                .expiresAt(Instant.now().plusSeconds(600));
        claims = tenant == null ? claims : claims.claim("tenant", tenant);
        return (owner == null ? claims : claims.claim("profile_owner", owner)).sign(privateKey());
    }

    private static PrivateKey privateKey() {
        try {
            byte[] key = Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(PRIVATE_KEY, String.class));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
