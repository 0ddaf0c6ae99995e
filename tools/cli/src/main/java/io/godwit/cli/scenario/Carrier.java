package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.fleet.TransportEncryption;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An operator (MNO): it brings a template and subscriptions to the SM-DP, and its own network has its own copy of them in a file. What
 * is in that file never goes to the platform, and what the platform has never goes into that file.
 */
public final class Carrier {
    /** Its name, in its templates and in the EIS of cards that hold its profiles. */
    public static final String OPERATOR = "carrier";

    /** Under which type later orders name what was downloaded. */
    public static final String TYPE = "downloaded";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 100;
    private static final int KEY_OCTETS = 16;

    private final SecureRandom random = new SecureRandom();
    private final RegistryClient registry;
    private final TransportEncryption encryption;
    private final int series;
    private final int octets;
    private final Path networksCopy;
    private final String template;
    private int next;

    /**
     * @param tenant on whose cards its profiles are to be
     * @param series tells the numbers of several fleets' subscriptions apart, 0 to 99999
     * @param octets of each package, give or take 64; 0: as small as it can be
     * @param folder where its network keeps its copy
     */
    public Carrier(Installation installation, TenantId tenant, int series, int octets, Path folder) throws IOException {
        // As the operator of its profiles: whoever manages the cards brings none, and sees its stock only.
        this.registry = Operator.ofProfiles(installation, tenant.value(), OPERATOR);
        Json.Obj key = registry.smDpTransportKey()
                .orElseThrow(() -> new RegistryException(404, "provisioning-service has announced no key of an SM-DP"));
        this.encryption = new TransportEncryption(JsonWriter.write(key).toUtf8(), "sm-dp", tenant);
        this.series = series;
        this.octets = octets;
        this.networksCopy = folder.resolve("subscribers.ndjson");
        this.template = "carrier-" + series + "-" + Long.toString(System.currentTimeMillis(), 36);
        Files.createFile(
                networksCopy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** The file in which its network finds its subscribers. */
    public Path networksCopy() {
        return networksCopy;
    }

    /** The template's name. */
    public String template() {
        return template;
    }

    /** Brings the template, and waits until the SM-DP has it. */
    public void bringTemplate() throws InterruptedException {
        ProfileTemplate made =
                ((ProfileTemplate.Sound) ProfileTemplate.blank(subscription(0).profile())).template();
        registry.putTemplate(
                template,
                Json.object()
                        .put("operator", OPERATOR)
                        .put("type", TYPE)
                        .put(
                                "profileTemplate",
                                encryption.encrypt(Map.of("template", template), SecretOctets.copyOf(made.encode())))
                        .build());
        await("Importing", () -> registry.template(template).text("state").orElse(""));
        Json.Obj told = registry.template(template);
        if (!told.text("state").orElse("").equals("Available")) {
            throw new RegistryException(422, told.text("detail").orElse("the template was refused"));
        }
    }

    /**
     * Brings so many subscriptions, and waits until the SM-DP has them.
     *
     * @return how many it has of them
     */
    public long bring(int count) throws IOException, InterruptedException {
        return importing(make(count));
    }

    /** Makes so many more, for its network and as lines for an import. */
    public List<String> make(int count) throws IOException {
        int from = next + 1;
        next += count;
        List<Subscription> made = IntStream.rangeClosed(from, next)
                .parallel()
                .mapToObj(this::subscription)
                .toList();
        try (BufferedWriter network = Files.newBufferedWriter(networksCopy, StandardOpenOption.APPEND)) {
            for (Subscription one : made) {
                write(network, one, one.ki());
            }
        }
        return made.parallelStream().map(this::line).toList();
    }

    /** Brings one more, of which its network has another Ki, by a mistake of somebody's. */
    public Iccid bringOneWithAWrongKi() throws IOException, InterruptedException {
        next++;
        Subscription made = subscription(next);
        try (BufferedWriter network = Files.newBufferedWriter(networksCopy, StandardOpenOption.APPEND)) {
            write(network, made, key());
        }
        importing(List.of(line(made)));
        return made.iccid();
    }

    /** An order for any of its subscriptions. */
    public Json.Obj order(boolean enable) {
        return Json.object().put("template", template).put("enable", enable).build();
    }

    /** An order for that one, enabled at its end. */
    public Json.Obj order(Iccid iccid) {
        return Json.object()
                .put("template", template)
                .put("iccid", iccid.digits())
                .put("enable", true)
                .build();
    }

    /** How many of its subscriptions are in which state. */
    public Json.Obj stock() {
        return registry.template(template).object("subscriptions").orElse(Json.Obj.EMPTY);
    }

    private long importing(List<String> lines) throws InterruptedException {
        List<String> refused = new ArrayList<>();
        registry.importSubscriptions(
                template,
                lines,
                answer -> answer.object("problem")
                        .ifPresent(problem -> refused.add(problem.text("detail").orElse("no reason given"))));
        if (!refused.isEmpty()) {
            throw new RegistryException(422, refused.size() + " lines were refused, the first: " + refused.get(0));
        }
        awaitImported();
        return stock().number("Available").orElse(0L);
    }

    /** Waits until the SM-DP has answered for all that were sent to it. */
    public void awaitImported() throws InterruptedException {
        await("", () -> stock().number("Importing").orElse(0L) == 0 ? "done" : "");
    }

    private interface State {
        String now();
    }

    private static void await(String notYet, State state) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (state.now().equals(notYet)) {
            if (System.nanoTime() > deadline) {
                throw new RegistryException(0, "the SM-DP has not answered an import; see provisioning-service's log");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private record Subscription(Iccid iccid, Imsi imsi, SecretOctets ki, SecretOctets opc, ProfilePackage profile) {}

    private Subscription subscription(int number) {
        Iccid iccid = Iccid.withCheckDigit(String.format(Locale.ROOT, "8988%05d6%09d", series, number));
        Imsi imsi = new Imsi(String.format(Locale.ROOT, "00102%03d%07d", series % 1000, number));
        SecretOctets ki = key();
        SecretOctets opc = key();
        return new Subscription(
                iccid,
                imsi,
                ki,
                opc,
                ProfileBuilder.of(iccid, imsi, ki, opc)
                        .ofType(TYPE)
                        .paddedTo(octets)
                        .build());
    }

    private String line(Subscription one) {
        SubscriptionData data = PackageSecrets.of(one.profile(), one.iccid(), one.imsi());
        SecretOctets json = SecretOctets.copyOf(SubscriptionDataCodec.write(data));
        try {
            return JsonWriter.write(Json.object()
                            .put("iccid", one.iccid().digits())
                            .put(
                                    "subscription",
                                    encryption.encrypt(
                                            Map.of(
                                                    "template",
                                                    template,
                                                    "iccid",
                                                    one.iccid().digits()),
                                            json))
                            .build())
                    .toUtf8();
        } finally {
            json.destroy();
        }
    }

    private static void write(BufferedWriter network, Subscription one, SecretOctets ki) throws IOException {
        network.write(JsonWriter.write(Json.object()
                        .put("imsi", one.imsi().digits())
                        .put("iccid", one.iccid().digits())
                        .put("algorithm", "milenage")
                        .put("k", ki.reveal().toHex())
                        .put("opc", one.opc().reveal().toHex())
                        .build())
                .toUtf8());
        network.newLine();
    }

    private SecretOctets key() {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        return SecretOctets.wiping(key);
    }
}
