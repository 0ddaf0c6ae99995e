package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The configuration names that installations use, and their defaults. */
class ConfigurationTest {
    @Test
    void namesAndDefaultsAreKept() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = ConfigurationTest.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }
        assertEquals("4", properties.getProperty("godwit.kafka.partitions"));
        assertEquals("1", properties.getProperty("godwit.kafka.replication"));
        assertEquals("registry_app", properties.getProperty("quarkus.flyway.placeholders.app"));
        assertEquals("registry_dispatcher", properties.getProperty("quarkus.flyway.placeholders.dispatcher"));
        assertEquals(
                "${godwit.dispatcher.username:registry_dispatcher}",
                properties.getProperty("quarkus.datasource.dispatcher.username"));
        assertEquals(
                "${godwit.dispatcher.password:}", properties.getProperty("quarkus.datasource.dispatcher.password"));
        assertEquals("groups", properties.getProperty("quarkus.oidc.roles.role-claim-path"));
    }
}
