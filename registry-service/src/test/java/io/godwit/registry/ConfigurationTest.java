package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.godwit.registry.euicc.DeviceSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The configuration names that installations use, and their defaults. */
class ConfigurationTest {
    private final Properties properties = properties();

    @Test
    void namesAndDefaultsAreKept() {
        assertEquals("4", properties.getProperty("godwit.kafka.partitions"));
        assertEquals("1", properties.getProperty("godwit.kafka.replication"));
        assertEquals("registry_app", properties.getProperty("quarkus.flyway.placeholders.app"));
        assertEquals("registry_dispatcher", properties.getProperty("quarkus.flyway.placeholders.dispatcher"));
        assertEquals(
                "${godwit.dispatcher.username:registry_dispatcher}",
                properties.getProperty("quarkus.datasource.dispatcher.username"));
        assertEquals(
                "${godwit.dispatcher.password:}", properties.getProperty("quarkus.datasource.dispatcher.password"));
        assertEquals("15", properties.getProperty("godwit.graphql.max-depth"));
        assertEquals("100000", properties.getProperty("godwit.graphql.max-values"));
        assertEquals("1000", properties.getProperty("godwit.progress.max-streams"));
        assertEquals("200", properties.getProperty("godwit.progress.max-streams-per-tenant"));
        assertEquals("groups", properties.getProperty("quarkus.oidc.roles.role-claim-path"));
    }

    @Test
    void whatEverybodyKnowsCountsInDevelopmentOnly() throws IOException, GeneralSecurityException {
        RSAPrivateCrtKey known;
        try (InputStream in = ConfigurationTest.class.getResourceAsStream("/dev/token-key.pkcs8")) {
            known = (RSAPrivateCrtKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(in.readAllBytes()));
        }
        byte[] trusted = Base64.getDecoder().decode(properties.getProperty("%dev.quarkus.oidc.public-key"));
        assertEquals(
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(known.getModulus(), known.getPublicExponent())),
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(trusted)),
                "the key in src/test/resources signs what quarkus:dev trusts");
        assertDoesNotThrow(() -> new DeviceSecrets(properties.getProperty("%dev.godwit.device-credential.pepper")));
        assertNull(properties.getProperty("quarkus.oidc.public-key"));
        assertNull(properties.getProperty("godwit.device-credential.pepper"));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream in = ConfigurationTest.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
