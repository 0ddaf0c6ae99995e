package io.godwit.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.TokenIssuer;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.bundle.NodeBundle;
import io.godwit.local.postgres.Database;
import io.godwit.local.process.Answer;
import io.godwit.local.service.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the chart renders is what runs: both services and HiveMQ, each with the files and the environment that its pod would
 * have, against a real Kafka and PostgreSQL.
 */
class ChartST {
    private static final Path FOLDER = Path.of("target/chart").toAbsolutePath();
    private static final Path READY = Chart.ROOT.resolve("deploy/containers/hivemq/bin/ready");
    private static final String PEPPER = "5a".repeat(32);

    private static LocalPlatform platform;
    private static TestCertificate certificate;
    private static TokenIssuer tokens;
    private static int registryPort;
    private static int mqttPort;
    private static int mqttsPort;

    @BeforeAll
    static void start() throws Exception {
        Chart.requireHelm();
        CachedFiles.delete(FOLDER);
        Files.createDirectories(FOLDER);
        PlatformSettings settings = PlatformSettings.in(FOLDER.resolve("platform"))
                .with(Part.POSTGRES, Part.KAFKA)
                .owned();
        platform = LocalPlatform.open(settings);
        certificate = TestCertificate.make(FOLDER);
        tokens = TokenIssuer.in(platform.home());
        Manifests manifests = Chart.render(values(), Map.of());
        platform.add(registry(manifests));
        platform.add(provisioning(manifests));
        platform.add(hivemq(manifests, settings.cache()));
        platform.start();
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void theRegistryServesHttpsAndTakesTheIssuersTokens() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post(tokens.token("st", "carrier", List.of("platform-admin"), Duration.ofHours(1)));
        assertTrue(answer.statusCode() / 100 == 2, answer::body);

        assertEquals(401, post("nobody.signed.this").statusCode());
    }

    @Test
    void theBrokerIsReadyAndServesTls() throws IOException {
        assertEquals(0, ready(mqttPort));
        try (SSLSocket socket =
                (SSLSocket) certificate.trusting().getSocketFactory().createSocket("127.0.0.1", mqttsPort)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(connectOfNobody());
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.contains("user name or password is wrong"), answer);
        }
        assertTrue(log("hivemq").contains("node=it-godwit-hivemq-0"), "the node is named by its pod");
    }

    /** HiveMQ refuses by itself then, and looks like a ready one to whoever only connects. */
    @Test
    void aBrokerWithoutItsExtensionIsNotReady() throws IOException {
        PlatformSettings other =
                PlatformSettings.in(FOLDER.resolve("bare")).with(Part.HIVEMQ).owned();
        try (LocalPlatform bare = LocalPlatform.open(other)) {
            bare.start();
            assertEquals(1, ready(bare.mqtt().port()));
        }
        assertEquals(1, ready(1));
    }

    @Test
    void quarkusKnowsWhatItWasTold() throws IOException {
        for (String service : List.of("registry-service", "provisioning-service")) {
            String log = log(service);
            assertTrue(!log.contains("Unrecognized configuration key"), log);
            assertTrue(!log.contains("WARN  [io.qu.config"), log);
        }
    }

    /** What all other tests run HiveMQ with is what the chart runs it with. */
    @Test
    void hiveMqIsSetAsItIsTested() throws IOException {
        String tested = Files.readString(Chart.ROOT.resolve(
                "tools/local-platform/platform/src/main/java/io/godwit/local/hivemq/HiveMqConfig.java"));
        String rendered = Chart.render("minimal-values.yaml").file("it-godwit-hivemq", "config.xml");
        assertEquals(
                rendered.substring(rendered.indexOf("<mqtt>")).replaceAll("\\s+", ""),
                tested.substring(tested.indexOf("<mqtt>"), tested.indexOf("</hivemq>") + "</hivemq>".length())
                        .replaceAll("\\s+", ""));
    }

    private static RenderedComponent registry(Manifests manifests) throws IOException {
        registryPort = platform.port("registry-service");
        return service(
                manifests,
                "registry-service",
                registryPort,
                Map.of("QUARKUS_HTTP_SSL_PORT", Integer.toString(registryPort)),
                () -> httpsReady(registryPort));
    }

    private static RenderedComponent provisioning(Manifests manifests) throws IOException {
        int port = platform.port("provisioning-service");
        return service(
                manifests,
                "provisioning-service",
                port,
                Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)),
                () -> HttpProbe.ask("http://127.0.0.1:" + port + "/q/health/ready"));
    }

    private static RenderedComponent service(
            Manifests manifests, String name, int port, Map<String, String> ports, Supplier<Answer> ready)
            throws IOException {
        PodOnDisk pod = PodOnDisk.lay(manifests, name, "it-godwit-" + name + "-x", secrets(), FOLDER.resolve(name));
        Map<String, String> environment = new HashMap<>(ports);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        return new RenderedComponent(
                name,
                pod,
                environment,
                pod.file("/deployments"),
                port,
                List.of("-jar", new BuildTree(Chart.ROOT).serviceJar(name).toString()),
                ready);
    }

    private static RenderedComponent hivemq(Manifests manifests, Path cache) throws IOException {
        Path root = FOLDER.resolve("hivemq");
        unzip(new BuildTree(Chart.ROOT).extensionZip(), root.resolve("opt/hivemq/extensions"));
        PodOnDisk pod = PodOnDisk.lay(manifests, "hivemq", "it-godwit-hivemq-0", secrets(), root);
        mqttPort = platform.port("mqtt");
        mqttsPort = platform.port("mqtts");
        Path config = pod.file("/opt/hivemq/conf/config.xml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("<port>8883<", "<port>" + mqttsPort + "<")
                        .replace("<port>1883<", "<port>" + mqttPort + "<")
                        .replace("0.0.0.0", "127.0.0.1"));
        List<String> program = new ArrayList<>(List.of("-Dhivemq.home=" + pod.file("/opt/hivemq")));
        program.addAll(new NodeBundle("hivemq", "com.hivemq.HiveMQServer").program(cache));
        return new RenderedComponent(
                "hivemq",
                pod,
                Map.of(),
                pod.file("/opt/hivemq"),
                mqttPort,
                program,
                () -> ready(mqttPort) == 0 ? new Answer.Ready() : new Answer.Silent("not ready"));
    }

    private static Path values() throws IOException {
        DatabaseAccess registry = platform.database(Database.REGISTRY);
        DatabaseAccess provisioning = platform.database(Database.PROVISIONING);
        Path own = Files.writeString(FOLDER.resolve("own.yaml"), """
                kafka:
                  bootstrapServers: %s
                  securityProtocol: SASL_PLAINTEXT
                  saslMechanism: PLAIN
                  topics: {partitions: 4, replication: 1}
                postgresql:
                  tls: {mode: disable}
                  registry: {jdbcUrl: '%s'}
                  provisioning: {jdbcUrl: '%s'}
                oidc:
                  authServerUrl: ""
                  publicKey: %s
                  issuer: %s
                registry:
                  tls: {secretName: registry-tls}
                provisioning:
                  settings: {godwit.procedure.first-retry: 15s}
                broker:
                  settings: {rate.burst: 60}
                """.formatted(
                        platform.kafka().bootstrapServers(),
                        registry.jdbcUrl(),
                        provisioning.jdbcUrl(),
                        tokens.publicKey(),
                        TokenIssuer.ISSUER));
        Path values = FOLDER.resolve("values.yaml");
        Files.write(values, Chart.merged(Chart.values("ci/minimal-values.yaml"), Chart.yaml(own)));
        return values;
    }

    private static PodOnDisk.Secrets secrets() throws IOException {
        DatabaseAccess registry = platform.database(Database.REGISTRY);
        DatabaseAccess provisioning = platform.database(Database.PROVISIONING);
        Map<String, byte[]> kafka =
                Map.of("sasl.jaas.config", utf8(platform.kafka().jaasConfig()));
        return new PodOnDisk.Secrets(Map.ofEntries(
                Map.entry("kafka-registry", kafka),
                Map.entry("kafka-provisioning", kafka),
                Map.entry("kafka-broker", kafka),
                Map.entry("registry-app", password(registry.application().password())),
                Map.entry("registry-owner", password(registry.owner().password())),
                Map.entry("registry-dispatcher", password(registry.dispatcher().password())),
                Map.entry(
                        "provisioning-app", password(provisioning.application().password())),
                Map.entry("provisioning-owner", password(provisioning.owner().password())),
                Map.entry(
                        "provisioning-dispatcher",
                        password(provisioning.dispatcher().password())),
                Map.entry("godwit-pepper", Map.of("pepper", utf8(PEPPER))),
                Map.entry(
                        "godwit-master-key",
                        Map.of("master.key", utf8(Base64.getEncoder().encodeToString(new byte[32])))),
                Map.entry(
                        "godwit-mqtt-keystore",
                        Map.of(
                                "keystore.p12",
                                Files.readAllBytes(certificate.pkcs12()),
                                "password",
                                utf8(TestCertificate.PASSWORD))),
                Map.entry(
                        "registry-tls",
                        Map.of("tls.crt", utf8(certificate.certificatePem()), "tls.key", utf8(certificate.keyPem())))));
    }

    private static Map<String, byte[]> password(String password) {
        return Map.of("password", utf8(password));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static Answer httpsReady(int port) {
        try {
            int status = send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/q/health/ready"))
                            .build())
                    .statusCode();
            return status == 200 ? new Answer.Ready() : new Answer.Silent("status " + status);
        } catch (IOException e) {
            return new Answer.Silent(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Silent("interrupted");
        }
    }

    private static HttpResponse<String> post(String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + registryPort + "/v1/tenants"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"carrier\"}"))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(certificate.trusting())
                .connectTimeout(Duration.ofSeconds(5))
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The exit code of the image's own probe. */
    private static int ready(int port) {
        try {
            return new ProcessBuilder("bash", READY.toString(), Integer.toString(port))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError("bash is needed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** The packet that the image's probe sends. */
    private static byte[] connectOfNobody() throws IOException {
        String script = Files.readString(READY);
        String quoted = script.substring(script.indexOf("printf '") + "printf '".length(), script.indexOf("' >&3"));
        return Pattern.compile("\\\\x([0-9a-f]{2})")
                .matcher(quoted)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))))
                .getBytes(ISO_8859_1);
    }

    private static String log(String component) throws IOException {
        return Files.readString(platform.log(component));
    }

    private static void unzip(Path zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling("x").getParent());
                    Files.copy(in, file);
                }
            }
        }
    }
}
