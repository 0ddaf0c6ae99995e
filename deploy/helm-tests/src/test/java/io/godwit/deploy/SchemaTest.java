package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value is refused before anything is sent to Kubernetes, by its name. */
class SchemaTest {
    @BeforeAll
    static void requireHelm() {
        Chart.requireHelm();
    }

    /** Where, what is written there as YAML, and what the refusal has to name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    imagee | {} | imagee
                    image.regsitry | registry.example.com | regsitry
                    image.pullPolicy | Sometimes | pullPolicy
                    image.registry | https://registry.example.com | registry
                    image.pullSecrets | regcred | pullSecrets
                    kafka.bootstrapServers | kafka | bootstrapServers
                    kafka.bootstrapServer | kafka:9092 | bootstrapServer
                    kafka.securityProtocol | TLS | securityProtocol
                    kafka.topics.partitions | '"12"' | partitions
                    kafka.topics.replication | 0 | replication
                    kafka.logins.broker.secret | kafka-broker | secret
                    kafka.clientSettings | {sasl.jaas.config: x} | sasl.jaas.config
                    kafka.clientSettings | {bootstrap.servers: 'k:1'} | bootstrap.servers
                    postgresql.registry.jdbcUrl | postgresql://db/registry | jdbcUrl
                    postgresql.registry.jdbcUrl | 'jdbc:postgresql://db/r?password=x' | jdbcUrl
                    postgresql.registry.jdbcUrl | 'jdbc:postgresql://db/r?sslmode=disable' | jdbcUrl
                    postgresql.registry.application.password | secret | password
                    postgresql.registry.application.username | 'app;drop' | username
                    postgresql.provisioning.poolSize | many | poolSize
                    postgresql.tls.mode | prefer | mode
                    pepperSecret.value | abcd | value
                    pepperSecret.name | Not A Name | name
                    oidc.authServerUrl | id.example.com | authServerUrl
                    oidc.publicKey | '-----BEGIN PUBLIC KEY-----' | publicKey
                    registry.replicas | two | replicas
                    registry.replicas | 0 | replicas
                    registry.replica | 2 | replica
                    registry.image.tag | latest | tag
                    registry.image.tag | '""' | tag
                    registry.image.digest | sha256:abc | digest
                    registry.logLevel | LOUD | logLevel
                    registry.quarkus | {log.level: DEBUG} | log.level
                    registry.quarkus | {quarkus.datasource.password: x} | quarkus.datasource.password
                    registry.resources.limits | {memroy: 1Gi} | memroy
                    registry.resources.limits | {memory: lots} | memory
                    registry.autoscaling.targetCpuPercent | 700 | targetCpuPercent
                    registry.service.type | ExternalName | type
                    registry.service.port | http | port
                    registry.podDisruptionBudget.maxUnavailable | 0 | maxUnavailable
                    registry.serviceAccount.create | 'yes please' | create
                    registry.tls.enabled | true | enabled
                    provisioning.settings | {godwit.procedure.first-rety: 10s} | godwit.procedure.first-rety
                    provisioning.settings | {godwit.procedure.first-retry: 10} | godwit.procedure.first-retry
                    provisioning.settings | {godwit.procedure.counter-epoch: 256} | godwit.procedure.counter-epoch
                    provisioning.masterKeySecret.secretName | key | secretName
                    provisioning.startupSeconds | 1 | startupSeconds
                    broker.settings | {rate.brust: 50} | rate.brust
                    broker.settings | {rate.burst: 0} | rate.burst
                    broker.tls.enabled | '"on"' | enabled
                    broker.tls.keystoreSecret.password | secret | password
                    broker.service.externalTrafficPolicy | local | externalTrafficPolicy
                    broker.service.loadBalancerSourceRanges | [everywhere] | loadBalancerSourceRanges
                    broker.affinity | {podAffinty: {}} | podAffinty
                    networkPolicy.enabled | 1 | enabled
                    networkPolicy.kafka.ports | [] | ports
                    networkPolicy.apiFrom | [{podSelektor: {}}] | podSelektor
                    """)
    void aWrongValueIsRefusedByItsName(String path, String yaml, String named, @TempDir Path folder)
            throws IOException {
        String message = refusal(path, yaml, folder);

        assertTrue(message.contains("values don't meet the specifications of the schema"), message);
        assertTrue(message.contains(named), message);
    }

    /** What has no default, and what of two settings do not go together. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    image.registry | '""' | image.registry is missing
                    kafka.bootstrapServers | '""' | kafka.bootstrapServers is missing
                    kafka.logins.registry.name | '""' | kafka.logins.registry.name is missing
                    kafka.logins.provisioning.name | '""' | kafka.logins.provisioning.name is missing
                    kafka.logins.broker.name | '""' | kafka.logins.broker.name is missing
                    postgresql.registry.jdbcUrl | '""' | postgresql.registry.jdbcUrl is missing
                    postgresql.provisioning.owner.passwordSecret.name | '""' | \
                    postgresql.provisioning.owner.passwordSecret.name is missing
                    pepperSecret.name | '""' | pepperSecret.name is missing
                    oidc.authServerUrl | '""' | oidc.authServerUrl is missing
                    oidc.publicKey | AAAA | set either oidc.authServerUrl or oidc.publicKey
                    oidc | {authServerUrl: '', publicKey: AAAA} | oidc.issuer is missing
                    provisioning.masterKeySecret.name | '""' | provisioning.masterKeySecret.name is missing
                    broker.tls.keystoreSecret.name | '""' | broker.tls.keystoreSecret.name is missing
                    registry.autoscaling | {enabled: true, minReplicas: 9} | \
                    registry.autoscaling.minReplicas is above maxReplicas
                    provisioning.autoscaling | {enabled: true, maxReplicas: 13} | \
                    provisioning.autoscaling.maxReplicas is above kafka.topics.partitions
                    """)
    void whatIsMissingIsSaidWithItsRemedy(String path, String yaml, String sentence, @TempDir Path folder)
            throws IOException {
        String message = refusal(path, yaml, folder);

        assertTrue(message.contains(sentence), message);
    }

    @Test
    void theRestOfTheseFilesIsRight(@TempDir Path folder) throws IOException {
        Path values = with("registry.replicas", "3", folder);

        assertDoesNotThrow(() -> Chart.render(values, Map.of()));
    }

    @Test
    void theSchemaKnowsEachValueAndNoOther() {
        assertEquals(paths(Chart.values("values.yaml"), ""), schemaPaths(Chart.schema(), ""));
    }

    @Test
    void theSchemaHasNoDefaults() {
        assertTrue(Chart.schema().findValues("default").isEmpty());
    }

    private static String refusal(String path, String yaml, Path folder) throws IOException {
        Path values = with(path, yaml, folder);
        return String.valueOf(
                assertThrows(IllegalStateException.class, () -> Chart.render(values, Map.of()), path + ": " + yaml)
                        .getMessage());
    }

    /** The minimal values with another one. */
    private static Path with(String path, String yaml, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> names = Arrays.asList(path.split("\\.", -1));
        for (int depth = 0; depth < names.size(); depth++) {
            lines.add("  ".repeat(depth) + names.get(depth) + ":" + (depth == names.size() - 1 ? " " + yaml : ""));
        }
        Path other = Files.writeString(folder.resolve("other.yaml"), String.join("\n", lines));
        Path values = folder.resolve("values.yaml");
        Files.write(
                values, Chart.merged(Chart.yaml(Chart.FOLDER.resolve("ci/minimal-values.yaml")), Chart.yaml(other)));
        return values;
    }

    private static Set<String> paths(JsonNode values, String prefix) {
        Set<String> paths = new TreeSet<>();
        values.properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject() && !value.isEmpty() && !prefix.endsWith("resources.")) {
                paths.addAll(paths(value, path + "."));
            } else {
                paths.add(path);
            }
        });
        return paths;
    }

    /** An object with named properties is a branch; one with free or optional names is a leaf. */
    private static Set<String> schemaPaths(JsonNode schema, String prefix) {
        Set<String> paths = new TreeSet<>();
        assertFalse(schema.path("additionalProperties").asBoolean(true), prefix + " lets typos through");
        schema.path("properties").properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            JsonNode type = resolve(entry.getValue());
            boolean leaf = !type.has("properties")
                    || path.matches(".*(\\.settings|\\.affinity|resources\\.(requests|limits))");
            if (path.equals("global")) {
                return;
            }
            if (leaf) {
                paths.add(path);
            } else {
                paths.addAll(schemaPaths(type, path + "."));
            }
        });
        return paths;
    }

    private static JsonNode resolve(JsonNode type) {
        return type.has("$ref") ? Chart.schema().at(type.path("$ref").asText().substring(1)) : type;
    }
}
