package io.godwit.cli.platform;

import io.godwit.local.ComponentUsage;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.PlatformStatus;
import io.godwit.local.StartOutcome;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.access.MqttAccess;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.access.PlatformException;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.local.hivemq.BrokerNames;
import io.godwit.local.hivemq.ClientCertificates;
import io.godwit.local.postgres.Database;
import io.godwit.local.process.Component;
import io.godwit.local.service.JavaService;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Godwit as a whole on this machine: PostgreSQL, Kafka, HiveMQ with the extension, and the two services, each configured
 * to know the others. An installation of one's own has to do what this class does here.
 */
public final class Installation implements AutoCloseable {
    /** Component names, as in {@code godwit logs}. */
    public static final String REGISTRY = "registry-service";

    public static final String PROVISIONING = "provisioning-service";

    private final LocalPlatform platform;
    private final TokenIssuer tokens;
    private final List<String> replicas;

    private Installation(LocalPlatform platform, TokenIssuer tokens, List<String> replicas) {
        this.platform = platform;
        this.tokens = tokens;
        this.replicas = replicas;
    }

    /** The installation as {@code build} made it, running or not; starts nothing. */
    public static Installation open(PlatformSettings settings, BuildTree build, int provisioningReplicas) {
        return open(settings, build, provisioningReplicas, ClientCertificates.OPTIONAL);
    }

    /** The same, with a TLS listener that asks for certificates so. */
    public static Installation open(
            PlatformSettings settings, BuildTree build, int provisioningReplicas, ClientCertificates certificates) {
        LocalPlatform platform = LocalPlatform.open(settings);
        platform.use(certificates);
        TokenIssuer tokens = TokenIssuer.in(platform.home());
        Path extension = build.extensionZip();
        platform.use(number -> new BrokerExtension(extension, extensionProperties(platform, number)));
        platform.add(new JavaService(
                REGISTRY, build.serviceJar(REGISTRY), registryEnvironment(platform, tokens), platform.port(REGISTRY)));
        List<String> replicas = replicaNames(provisioningReplicas);
        for (String name : replicas) {
            platform.add(new JavaService(
                    name,
                    build.serviceJar(PROVISIONING),
                    provisioningEnvironment(platform, name),
                    platform.port(name)));
        }
        return new Installation(platform, tokens, replicas).requirePorts(settings.ports());
    }

    /**
     * The names of all ports of an installation with so many replicas of provisioning-service and so many HiveMQ nodes; those
     * of components are the components' own.
     */
    public static List<String> portNames(int provisioningReplicas, int brokers) {
        return Stream.of(
                        Stream.of(Part.POSTGRES, Part.KAFKA).map(Part::component),
                        new BrokerNames(brokers).ports().stream(),
                        Stream.of(REGISTRY),
                        replicaNames(provisioningReplicas).stream())
                .flatMap(names -> names)
                .toList();
    }

    private static List<String> replicaNames(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(replica -> replica == 1 ? PROVISIONING : PROVISIONING + "-" + replica)
                .toList();
    }

    /** A component that runs stays where it is, so a wish for another port would be passed over in silence. */
    private Installation requirePorts(Map<String, Integer> wanted) {
        wanted.forEach((name, port) -> {
            int actual = platform.port(name);
            if (actual != port) {
                throw new PlatformException(
                        name + " runs on port " + actual + " already and cannot be given port " + port + ".",
                        "Run ./godwit down first.");
            }
        });
        return this;
    }

    /** What runs here, by whatever build: enough for status, logs and stopping. */
    public static Installation find(PlatformSettings settings) {
        LocalPlatform platform = LocalPlatform.open(settings);
        return new Installation(platform, TokenIssuer.in(platform.home()), List.of(PROVISIONING));
    }

    /** Starts what is down; ends when all of it serves. */
    public StartOutcome start() {
        return platform.start();
    }

    /** Starts another program in this home, which status, logs and stopping know from then on. */
    public void startBeside(Component component) {
        platform.add(component);
        platform.start();
    }

    /** Stops what this object started and what is to end with it; says what that was. */
    public List<String> stopOwn() {
        return platform.stopOwn();
    }

    /** Stops everything; says what that was. */
    public List<String> stop() {
        return platform.stop();
    }

    public PlatformStatus status() {
        return platform.status();
    }

    /** Processor time and memory of each running component. */
    public List<ComponentUsage> usage() {
        return platform.usage();
    }

    /** Kills a component as a crash would. */
    public void kill(String component) {
        platform.kill(component);
    }

    /** Starts a component that was killed or stopped. */
    public void restart(String component) {
        platform.restart(component);
    }

    public Path log(String component) {
        return platform.log(component);
    }

    public Path home() {
        return platform.home();
    }

    /** Where operators' REST calls go. */
    public URI registryUri() {
        return URI.create("http://127.0.0.1:" + platform.port(REGISTRY));
    }

    /** The component name of each replica of provisioning-service. */
    public List<String> provisioningReplicas() {
        return replicas;
    }

    /** The component name of each HiveMQ node. */
    public List<String> brokerNodes() {
        return platform.brokers().names().nodes();
    }

    /** The component that devices connect to: the only HiveMQ node, or the balancer in front of several. */
    public String mqttFront() {
        return platform.brokers().names().front();
    }

    /** Where each replica of provisioning-service serves its metrics. */
    public List<URI> provisioningUris() {
        return replicas.stream()
                .map(name -> URI.create("http://127.0.0.1:" + platform.port(name)))
                .toList();
    }

    /** Where devices connect. */
    public MqttAccess mqtt() {
        return platform.mqtt();
    }

    /** Where devices connect with TLS. */
    public MqttTlsAccess mqttTls() {
        return platform.mqttTls();
    }

    public TokenIssuer tokens() {
        return tokens;
    }

    /** The platform below, for what only tests and benchmarks need. */
    public LocalPlatform platform() {
        return platform;
    }

    @Override
    public void close() {
        platform.close();
    }

    private static Map<String, String> extensionProperties(LocalPlatform platform, int number) {
        Map<String, String> properties = new HashMap<>();
        // The same however many there are: the first voids what the only one has said of its devices.
        properties.put("node.name", "broker-" + number);
        properties.put("credential.pepper", pepper(platform));
        platform.kafka().clientProperties().forEach((key, value) -> properties.put("kafka." + key, value));
        properties.put("tls.trust.store.file", platform.mqttTls().trustStore().toString());
        properties.put("tls.trust.store.password", platform.mqttTls().trustStorePassword());
        return properties;
    }

    /** Its own test CI and what stands under it, as {@code godwit pki init} lays them out. */
    public Path testPki() {
        return TestPkiFolder.in(platform);
    }

    private static Map<String, String> registryEnvironment(LocalPlatform platform, TokenIssuer tokens) {
        Map<String, String> environment = serviceEnvironment(platform, platform.database(Database.REGISTRY));
        environment.put("GODWIT_DEVICE_CREDENTIAL_PEPPER", pepper(platform));
        environment.put("QUARKUS_OIDC_PUBLIC_KEY", tokens.publicKey());
        environment.put("QUARKUS_OIDC_TOKEN_ISSUER", TokenIssuer.ISSUER);
        return environment;
    }

    private static Map<String, String> provisioningEnvironment(LocalPlatform platform, String name) {
        Map<String, String> environment = serviceEnvironment(platform, platform.database(Database.PROVISIONING));
        environment.put("GODWIT_INSTANCE", name);
        environment.put(
                "GODWIT_KEYS_MASTER_KEY_FILE", MasterKeyFile.in(platform).toString());
        Path pki = TestPkiFolder.in(platform);
        environment.put("GODWIT_SIGNING_KEY_FILE", pki.resolve("sm-sr.key.pem").toString());
        environment.put(
                "GODWIT_SIGNING_CERTIFICATE_FILE",
                pki.resolve("sm-sr.cert.7f21").toString());
        environment.put(
                "GODWIT_SIGNING_SM_DP_KEY_FILE", pki.resolve("sm-dp.key.pem").toString());
        environment.put(
                "GODWIT_SIGNING_SM_DP_CERTIFICATE_FILE",
                pki.resolve("sm-dp.cert.7f21").toString());
        environment.put("GODWIT_TRUST_CI_FILES", pki.resolve("ci.cert.pem").toString());
        environment.put("GODWIT_TRUST_TEST_MODE", "true");
        return environment;
    }

    private static Map<String, String> serviceEnvironment(LocalPlatform platform, DatabaseAccess database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.application().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.application().password());
        environment.put("QUARKUS_FLYWAY_JDBC_URL", database.jdbcUrl());
        environment.put("QUARKUS_FLYWAY_USERNAME", database.owner().user());
        environment.put("QUARKUS_FLYWAY_PASSWORD", database.owner().password());
        environment.put("GODWIT_DISPATCHER_USERNAME", database.dispatcher().user());
        environment.put("GODWIT_DISPATCHER_PASSWORD", database.dispatcher().password());
        platform.kafka()
                .clientProperties()
                .forEach((key, value) -> environment.put(
                        "KAFKA_" + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), value));
        return environment;
    }

    private static String pepper(LocalPlatform platform) {
        return platform.secrets().hexadecimal("device-credential.pepper");
    }
}
