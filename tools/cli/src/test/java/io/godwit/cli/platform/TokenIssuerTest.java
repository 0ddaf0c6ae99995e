package io.godwit.cli.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
    @Test
    void tokenIsSignedAndSaysWhoForWhomAndUntilWhen(@TempDir Path home) throws Exception {
        TokenIssuer issuer = TokenIssuer.in(home);
        JwtClaims claims = consumer(issuer)
                .processToClaims(issuer.token("alice", "acme", List.of("operator"), Duration.ofHours(1)));
        assertEquals("alice", claims.getSubject());
        assertEquals("acme", claims.getStringClaimValue("tenant"));
        assertEquals(List.of("operator"), claims.getStringListClaimValue("groups"));
    }

    @Test
    void onlyATokenForTheOperatorOfProfilesNamesOne(@TempDir Path home) throws Exception {
        TokenIssuer issuer = TokenIssuer.in(home);
        List<String> roles = List.of("operator", "profile-owner");
        JwtClaims claims = consumer(issuer)
                .processToClaims(issuer.token("alice", "acme", roles, Optional.of("mno-1"), Duration.ofHours(1)));
        assertEquals(roles, claims.getStringListClaimValue("groups"));
        assertEquals("mno-1", claims.getStringClaimValue("profile_owner"));
        assertFalse(consumer(issuer)
                .processToClaims(issuer.token("alice", "acme", List.of("operator"), Duration.ofHours(1)))
                .hasClaim("profile_owner"));
    }

    @Test
    void theKeyIsTheSameAtTheNextStartAndReadableByItsOwnerOnly(@TempDir Path home) throws Exception {
        TokenIssuer first = TokenIssuer.in(home);
        assertEquals(first.publicKey(), TokenIssuer.in(home).publicKey());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("token-key.pkcs8"))));
    }

    @Test
    void anotherHomesTokenIsNotAccepted(@TempDir Path home, @TempDir Path other) throws Exception {
        String foreign = TokenIssuer.in(other).token("eve", "acme", List.of("operator"), Duration.ofHours(1));
        JwtConsumer consumer = consumer(TokenIssuer.in(home));
        assertThrows(InvalidJwtException.class, () -> consumer.processToClaims(foreign));
    }

    private static JwtConsumer consumer(TokenIssuer issuer) throws Exception {
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(issuer.publicKey())));
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setExpectedIssuer(TokenIssuer.ISSUER)
                .setRequireExpirationTime()
                .build();
    }
}
