package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.tls.KeyStores;
import io.godwit.local.tls.Pem;
import io.godwit.local.tls.TestAuthority;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.DeviceCertificates;
import io.godwit.simulator.fleet.FleetSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** New devices get their profiles by being switched on: through broker, Kafka, both services and the stock. */
@ExtendWith(RunningPlatform.class)
class FirstAttachST {
    private static final String TENANT = "first-attach";
    private static final int CARDS = 3;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void newDevicesAskAndAreAttachedWithProfilesOfTheStock(Installation installation) throws Exception {
        attached(installation, nids -> EnrolledFleet.settings(installation.mqtt()));
    }

    /** Their maker's authority is named once; of no device does anybody handle a secret. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void newDevicesWithNothingButACertificateGetTheirProfilesToo(Installation installation, @TempDir Path folder)
            throws Exception {
        TestAuthority maker = TestAuthority.create("CN=Device maker, OU=test only");
        Operator.of(installation, TENANT);
        Operator.ofPlatform(installation, TENANT)
                .putDeviceTrustAnchors(TENANT, List.of(Pem.of(maker.identity().certificate())));
        MqttTlsAccess broker = installation.mqttTls();
        DeviceCertificates certificates = new DeviceCertificates(folder, "of these files", broker.authority());
        attached(installation, nids -> {
            nids.forEach(nid -> certify(maker, certificates, nid));
            return FleetSettings.of(new BrokerAddress(broker.host(), broker.port(), true))
                    .certifiedBy(certificates);
        });
    }

    private static void certify(TestAuthority maker, DeviceCertificates certificates, Nid nid) {
        Instant now = Instant.now();
        TestAuthority.Identity identity = maker.device(
                "CN=" + nid + ",O=" + TENANT, now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofDays(1)));
        KeyStores.write(
                certificates.file(nid),
                certificates.password(),
                identity,
                maker.identity().certificate());
    }

    private static void attached(Installation installation, Function<List<Nid>, FleetSettings> devices)
            throws Exception {
        RegistryClient registry = Operator.of(installation, TENANT);
        String gid = "new-" + Long.toString(System.nanoTime(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, TENANT, registry)) {
            List<Nid> nids = fleet.enrol(CARDS, gid);
            Carrier carrier = fleet.carrier(0);
            carrier.bringTemplate();
            assertEquals(CARDS, carrier.bring(CARDS));
            registry.putRequestPolicy(Json.object()
                    .put(
                            "rules",
                            List.of(Json.object()
                                    .put("reasons", List.of(Json.of(RequestReason.FIRST_ATTACH.literal())))
                                    .put("grant", "automatic")
                                    .put("template", carrier.template())
                                    .build()))
                    .build());
            fleet.connect(
                    devices.apply(nids).authenticatedBy(carrier.networksCopy()).asking(RequestReason.FIRST_ATTACH));
            long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
            while (carrier.stock().number("Consumed").orElse(0L) < CARDS || !allAttached(fleet)) {
                assertTrue(
                        System.nanoTime() < deadline,
                        carrier.stock() + " " + fleet.process().truth());
                Thread.sleep(200);
            }
            for (Nid nid : nids) {
                String enabled = registry.euicc(nid.value()).toString();
                assertTrue(enabled.contains("Enabled"), enabled);
            }
        }
    }

    /** The profile that was downloaded last is the enabled one, and its network wants it. */
    private static boolean allAttached(EnrolledFleet fleet) throws Exception {
        List<CardTruth> cards = fleet.process().truth();
        return cards.size() == CARDS
                && cards.stream()
                        .allMatch(card -> card.attachRefused() == null
                                && !card.notificationPending()
                                && card.profiles().size() == 3
                                && card.profiles().get(2).state() == ProfileState.State.ENABLED);
    }
}
