package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EncryptedSubscription;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SM-DP's stock through the running service: what is taken, what is refused, and what cards get of it. */
@QuarkusTest
class StockIT {
    private static final TemplateId TEMPLATE = new TemplateId("acme-iot");
    private static int tenants;

    @Inject
    AgroalDataSource application;

    private final TenantId tenant = new TenantId("stock-" + tenants++);
    private KafkaWorld world;
    private Eum eum;

    @BeforeEach
    void open() throws IOException {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(tenant);
        eum = EumFiles.in(Path.of("src/test/resources/pki")).read();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCardGetsAProfileOfTheStockWithItsOwnSecretsAndGivesItBackByDeletion() throws SQLException {
        putTemplate();
        Iccid iccid = iccid(1);
        assertEquals(List.of(SubscriptionResult.stored(iccid)), imported(subscription(1)));
        Octets kept = kept(iccid);
        assertFalse(holds(kept, ki(1).reveal()), "a Ki lies in the database in clear");
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        VirtualDevice other = world.enrolForDownloads(tenant, "meter-2", eum);
        world.switchOn(tenant, meter);
        world.switchOn(tenant, other);
        assertEquals(Outcome.SUCCEEDED, downloaded(meter, iccid));
        IsdP third = meter.card().isdPs().get(2);
        assertTrue(third.isEnabled());
        assertEquals(Optional.of(iccid), third.iccid());
        assertEquals(
                Optional.of(SecretOctets.copyOf(builder(1).build().encode())),
                third.profilePackage(),
                "what the operator would have built itself");

        assertEquals(Optional.of("SUBSCRIPTION_ON_ANOTHER_CARD"), refused(other, iccid));
        assertEquals(2, other.card().isdPs().size());
        assertEquals(
                List.of("SUBSCRIPTION_ON_A_CARD"), codes(imported(subscription(1))), "not even its own operator's");

        carryOut(
                meter,
                EsFunction.Name.ENABLE_PROFILE,
                meter.card().isdPs().get(1).iccid().orElseThrow());
        carryOut(meter, EsFunction.Name.DELETE_PROFILE, iccid);
        assertEquals(2, meter.card().isdPs().size());
        assertEquals(Outcome.SUCCEEDED, downloaded(other, iccid));
        assertEquals(Optional.of(iccid), other.card().isdPs().get(2).iccid());
    }

    @Test
    void whatWasMadeForAnotherTenantTemplateOrSubscriptionIsRefused() {
        putTemplate();
        EncryptedSubscription good = subscription(1);
        TenantId stranger = new TenantId(tenant + "-x");
        world.tenant(stranger);
        Map<String, String> subject = Map.of("template", TEMPLATE.value(), "iccid", iccid(1).digits());
        assertEquals(
                List.of(
                        "SUBSCRIPTION_MISADDRESSED",
                        "SUBSCRIPTION_MISADDRESSED",
                        "SUBSCRIPTION_MISADDRESSED",
                        "SUBSCRIPTION_MISADDRESSED",
                        "SUBSCRIPTION_NOT_DECRYPTED",
                        "SUBSCRIPTION_OF_ANOTHER_ICCID",
                        "SUBSCRIPTION_UNREADABLE"),
                codes(imported(
                        // Another's, under a number of one's own.
                        new EncryptedSubscription(iccid(2), good.subscription()),
                        new EncryptedSubscription(iccid(1), world.encrypt(stranger, subject, json(1))),
                        new EncryptedSubscription(
                                iccid(1),
                                world.encrypt(
                                        tenant, Map.of("template", "another", "iccid", iccid(1).digits()), json(1))),
                        new EncryptedSubscription(
                                iccid(1), world.encrypt(tenant, Map.of("iccid", iccid(1).digits()), json(1))),
                        new EncryptedSubscription(iccid(1), tampered(good.subscription())),
                        new EncryptedSubscription(iccid(1), world.encrypt(tenant, subject, json(2))),
                        new EncryptedSubscription(
                                iccid(1), world.encrypt(tenant, subject, secret("{\"iccid\":\"x\"}"))))));
        assertEquals(
                List.of("TEMPLATE_UNKNOWN"),
                codes(world.subscriptions(tenant, new TemplateId("no-such"), List.of(good))
                        .results()));
        // And a subscription is no package: nobody gets the Ki of another's subscription installed by that name.
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        String operation = world.downloadEncrypted(
                tenant,
                meter.nid(),
                new ProfileDownload(iccid(1), Optional.empty(), false, Optional.empty()),
                good.subscription());
        world.until(() -> failed(operation).isPresent());
        assertEquals(Optional.of("PACKAGE_MISADDRESSED"), failed(operation));
    }

    @Test
    void aTemplateWithAKeyIsRefusedWithThePlaceOfIt() {
        Optional<Refusal> refusal = template(builder(1).build().encode());
        assertEquals(Optional.of("TEMPLATE_HOLDS_SECRETS"), refusal.map(Refusal::code));
        String detail = refusal.orElseThrow().detail();
        assertTrue(detail.contains("akaParameter") || detail.contains("pukCodes"), detail);
        assertFalse(detail.contains(ki(1).reveal().toHex()), detail);
        assertEquals(
                Optional.of("TEMPLATE_UNREADABLE"),
                template(Octets.fromHex("a0ff")).map(Refusal::code));
        assertEquals(List.of("TEMPLATE_UNKNOWN"), codes(imported(subscription(1))));
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-1", eum);
        assertEquals(Optional.of("SUBSCRIPTION_UNKNOWN"), refused(meter, iccid(1)));
    }

    @Test
    void aSubscriptionThatDoesNotFitItsTemplateIsRefusedAtOnce() {
        putTemplate();
        SecretOctets without = secret(json(1).reveal().toUtf8().replaceFirst(",\"puks\":\\{[^}]*}", ""));
        List<SubscriptionResult> results = imported(new EncryptedSubscription(
                iccid(1),
                world.encrypt(tenant, Map.of("template", TEMPLATE.value(), "iccid", iccid(1).digits()), without)));
        assertEquals(List.of("SUBSCRIPTION_DOES_NOT_FIT"), codes(results));
        assertTrue(results.get(0).refusal().orElseThrow().detail().contains("PUK"), results.toString());
    }

    @Test
    void aDownloadThatComesToNothingGivesItsSubscriptionBack() {
        putTemplate();
        imported(subscription(1));
        VirtualDevice without = world.enrol(tenant, "meter-1");
        String operation = order(without, iccid(1));
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(
                "NO_ECASD_CERTIFICATE", world.ended(operation).get(0).outcome().code());
        VirtualDevice meter = world.enrolForDownloads(tenant, "meter-2", eum);
        world.switchOn(tenant, meter);
        assertEquals(Outcome.SUCCEEDED, downloaded(meter, iccid(1)));
    }

    private void putTemplate() {
        assertEquals(Optional.empty(), template(blank()));
    }

    private Optional<Refusal> template(Octets octets) {
        return world.template(
                        tenant,
                        TEMPLATE,
                        world.encrypt(tenant, Map.of("template", TEMPLATE.value()), SecretOctets.copyOf(octets)))
                .refusal();
    }

    private static Octets blank() {
        return ((ProfileTemplate.Sound) ProfileTemplate.blank(builder(9).build()))
                .template()
                .encode();
    }

    private List<SubscriptionResult> imported(EncryptedSubscription... subscriptions) {
        return world.subscriptions(tenant, TEMPLATE, List.of(subscriptions)).results();
    }

    private EncryptedSubscription subscription(int number) {
        return new EncryptedSubscription(
                iccid(number),
                world.encrypt(
                        tenant,
                        Map.of(
                                "template",
                                TEMPLATE.value(),
                                "iccid",
                                iccid(number).digits()),
                        json(number)));
    }

    private static SecretOctets json(int number) {
        ProfilePackage profile = builder(number).build();
        return SecretOctets.copyOf(
                SubscriptionDataCodec.write(PackageSecrets.of(profile, iccid(number), imsi(number))));
    }

    private static ProfileBuilder builder(int number) {
        return ProfileBuilder.of(iccid(number), imsi(number), ki(number), ki(number + 100))
                .ofType("downloaded");
    }

    private static Iccid iccid(int number) {
        return Iccid.withCheckDigit("8900070"
                + String.format(Locale.ROOT, "%012d", tenants * 1000L + number).substring(0, 12));
    }

    private static Imsi imsi(int number) {
        return new Imsi(String.format(Locale.ROOT, "00101%010d", number));
    }

    private static SecretOctets ki(int number) {
        return secret(String.format(Locale.ROOT, "Ki%014d", number));
    }

    private static SecretOctets secret(String text) {
        return SecretOctets.copyOf(Octets.utf8(text));
    }

    private static String tampered(String jwe) {
        int at = jwe.lastIndexOf('.') - 3;
        return jwe.substring(0, at) + (jwe.charAt(at) == 'A' ? 'B' : 'A') + jwe.substring(at + 1);
    }

    private static List<String> codes(List<SubscriptionResult> results) {
        return results.stream()
                .map(result -> result.refusal().map(Refusal::code).orElse("stored"))
                .toList();
    }

    private String order(VirtualDevice device, Iccid iccid) {
        return world.downloadFromStock(
                tenant,
                device.nid(),
                new ProfileDownload(
                        iccid,
                        Optional.of("downloaded"),
                        true,
                        Optional.empty(),
                        Optional.of(TEMPLATE),
                        Optional.empty()));
    }

    private Outcome downloaded(VirtualDevice device, Iccid iccid) {
        String operation = order(device, iccid);
        world.until(() -> !world.ended(operation).isEmpty());
        return world.ended(operation).get(0).outcome();
    }

    private Optional<String> refused(VirtualDevice device, Iccid iccid) {
        String operation = order(device, iccid);
        world.until(() -> failed(operation).isPresent());
        return failed(operation);
    }

    private Optional<String> failed(String operation) {
        return world.events(EventRecord.OperationFailed.class).stream()
                .filter(event -> event.operation().equals(operation))
                .map(EventRecord.OperationFailed::code)
                .findFirst();
    }

    private void carryOut(VirtualDevice device, EsFunction.Name name, Iccid iccid) {
        String operation = world.order(tenant, device.nid(), new EsFunction(name, new ProfileTarget.ByIccid(iccid)));
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
    }

    private Octets kept(Iccid iccid) throws SQLException {
        return new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT data FROM sm_dp_subscription WHERE iccid = ?")) {
                select.setString(1, iccid.digits());
                try (ResultSet rows = select.executeQuery()) {
                    assertTrue(rows.next());
                    return Octets.of(rows.getBytes(1));
                }
            }
        });
    }

    private static boolean holds(Octets whole, Octets part) {
        return whole.toHex().contains(part.toHex());
    }
}
