package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.godwit.broker.BridgeConfigFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each setting that the chart makes is one that its reader has. */
class SettingsTest {
    static final List<String> VALUES = Chart.VALUES;

    private static final String PEPPER = "ab".repeat(32);

    @BeforeAll
    static void requireHelm() {
        Chart.requireHelm();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void theServicesKnowTheirSettings(String values) {
        Manifests manifests = Chart.render(values);
        for (String service : List.of("registry-service", "provisioning-service")) {
            Set<String> known = ConfigurationKeys.of(service);
            settings(manifests, service)
                    .filter(name -> name.startsWith("godwit."))
                    .forEach(name -> assertTrue(known.contains(name), name + " is no setting of " + service));
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void quarkusKnowsItsSettings(String values) {
        Manifests manifests = Chart.render(values);
        // A map's key is written as a name in quotation marks.
        List<Pattern> known = ConfigurationKeys.ofQuarkus().stream()
                .map(key -> Pattern.compile(Pattern.quote(key).replaceAll("\"[^\"]+\"", "\\\\E[^.]+\\\\Q")))
                .toList();
        List<String> unknown = Stream.of("registry-service", "provisioning-service")
                .flatMap(service -> settings(manifests, service))
                .filter(name -> name.startsWith("quarkus."))
                .filter(name ->
                        known.stream().noneMatch(key -> key.matcher(name).matches()))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void environmentVariablesAreSettings(String values) {
        Manifests manifests = Chart.render(values);
        for (String service : List.of("registry-service", "provisioning-service")) {
            Set<String> known = Stream.of(
                            ConfigurationKeys.of(service).stream(),
                            ConfigurationKeys.ofQuarkus().stream(),
                            kafka().stream().map(name -> "kafka." + name),
                            Stream.of("java.tool.options"))
                    .flatMap(names -> names)
                    .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                    .collect(Collectors.toSet());
            environment(manifests, service)
                    .forEach(name -> assertTrue(known.contains(name), name + " is no setting of " + service));
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void kafkaKnowsItsSettings(String values) {
        Manifests manifests = Chart.render(values);
        Stream.of("registry-service", "provisioning-service")
                .flatMap(service -> settings(manifests, service))
                .filter(name -> name.startsWith("kafka."))
                .forEach(name -> assertTrue(kafka().contains(name.substring("kafka.".length())), name));
        extension(manifests).keySet().stream()
                .filter(name -> name.startsWith("kafka.") && !name.startsWith("kafka.config.providers"))
                .forEach(name -> assertTrue(kafka().contains(name.substring("kafka.".length())), name));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void theExtensionWouldStartWithItsSettings(String values) {
        Map<String, String> given = new HashMap<>(extension(Chart.render(values)));
        // What lies in files of the pod.
        assertEquals("/etc/godwit/pod/name", given.remove("node.name.file"));
        assertEquals("/etc/godwit/pepper/pepper", given.remove("credential.pepper.file"));
        given.put("node.name", "it-hivemq-0");
        given.put("credential.pepper", PEPPER);

        BridgeConfigFile.Reading reading = BridgeConfigFile.interpret(given);
        assertInstanceOf(BridgeConfigFile.Valid.class, reading, reading::toString);
    }

    /** A key that was renamed, added or removed in the code changes the schema too. */
    @Test
    void theSchemaOffersWhatProvisioningHas() {
        assertEquals(
                ConfigurationKeys.ofMappings("provisioning-service"),
                new TreeSet<>(names(Chart.schema().at("/properties/provisioning/properties/settings/properties"))));
    }

    @Test
    void theSchemaOffersWhatTheExtensionHasWithItsRanges() {
        JsonNode offered = Chart.schema().at("/properties/broker/properties/settings/properties");
        assertEquals(ConfigurationKeys.numbersOfTheExtension(), new TreeSet<>(names(offered)));
        offered.properties().forEach(entry -> {
            long least = entry.getValue().path("minimum").asLong();
            long most = entry.getValue().path("maximum").asLong();
            assertInstanceOf(BridgeConfigFile.Valid.class, read(entry.getKey(), least), entry.getKey());
            assertInstanceOf(BridgeConfigFile.Valid.class, read(entry.getKey(), most), entry.getKey());
            assertInstanceOf(BridgeConfigFile.Invalid.class, read(entry.getKey(), least - 1), entry.getKey());
            assertInstanceOf(BridgeConfigFile.Invalid.class, read(entry.getKey(), most + 1), entry.getKey());
        });
    }

    private static BridgeConfigFile.Reading read(String name, long value) {
        return BridgeConfigFile.interpret(Map.of(
                "node.name",
                "n",
                "credential.pepper",
                PEPPER,
                "kafka.bootstrap.servers",
                "k:1",
                name,
                Long.toString(value)));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Map<String, String> extension(Manifests manifests) {
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getData().containsKey("godwit.properties"))
                .map(map -> PropertyText.read(map.getData().get("godwit.properties")))
                .findFirst()
                .orElseThrow();
    }

    /** The names in a service's application.properties. */
    static Stream<String> settings(Manifests manifests, String service) {
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().endsWith(service))
                .flatMap(map -> PropertyText.read(map.getData().get("application.properties")).keySet().stream());
    }

    private static List<String> environment(Manifests manifests, String service) {
        return manifests.pods().get(service).getSpec().getContainers().get(0).getEnv().stream()
                .map(EnvVar::getName)
                .toList();
    }

    private static Set<String> kafka() {
        return Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }
}
