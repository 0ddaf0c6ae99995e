package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.TopicTail;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.PackageSize;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.simulator.fleet.TransportEncryption;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What REST takes as a package comes to its end at the SM-DP, whatever its size, and nothing is stuck or buried for it on the way;
 * what is larger is refused at once, and changes nothing.
 */
@ExtendWith(RunningPlatform.class)
class LargePackagesST {
    private static final String TENANT = "large";
    private static final String OWNER = "mno-1";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int LARGEST = PackageSize.MAX_OCTETS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Iccid NUMBER = Iccid.withCheckDigit("898800000700000001");

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void thePathOfAPackageIsAsWideAsItsDoor(Installation installation) throws Exception {
        RegistryClient registry = Operator.of(installation, TENANT);
        RegistryClient owner = Operator.ofProfiles(installation, TENANT, OWNER);
        TopicTail buried = TopicTail.from(installation.platform().kafka(), TopicSet.SHARED.deadLetter());
        String gid = "large-" + Long.toString(System.nanoTime(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, TENANT, registry)) {
            Nid nid = fleet.enrol(1, gid).get(0);
            // A card gets the configuration of its group before anything else.
            fleet.connect(EnrolledFleet.settings(installation.mqtt()));
            fleet.awaitConfiguration(gid, 1);
            TransportEncryption encryption = new TransportEncryption(
                    JsonWriter.write(registry.smDpTransportKey().orElseThrow()).toUtf8(),
                    "sm-dp",
                    new TenantId(TENANT));

            for (int octets : new int[] {LARGEST + 1, MEGABYTE}) {
                refused(422, "profileTemplate", () -> owner.putTemplate(gid, template(encryption, gid, octets)));
                refused(422, "profilePackage", () -> registry.download(nid.value(), order(encryption, octets)));
            }
            refused(413, "body", () -> owner.putTemplate(gid, template(encryption, gid, 20 * MEGABYTE)));
            refused(413, "body", () -> registry.download(nid.value(), order(encryption, 20 * MEGABYTE)));
            assertEquals(
                    404,
                    assertThrows(RegistryException.class, () -> owner.template(gid))
                            .status());

            // As large as the door is, and no package: the SM-DP has opened it, and says so.
            owner.putTemplate(gid, template(encryption, gid, LARGEST));
            assertEquals(
                    Optional.of("TEMPLATE_UNREADABLE"), imported(owner, gid).text("code"));
            String operation = registry.download(nid.value(), order(encryption, LARGEST));
            new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false))
                    .await(operation, 1, System.nanoTime(), PATIENCE);
            Json.Obj outcome =
                    registry.outcomes(operation).get(0).object("outcome").orElseThrow();
            assertEquals(Optional.of("PACKAGE_UNREADABLE"), outcome.text("code"));
        }
        AtomicInteger letters = new AtomicInteger();
        buried.read(letter -> letters.incrementAndGet());
        assertEquals(0, letters.get(), "dead letters");
    }

    private interface Call {
        void make();
    }

    private static void refused(int status, String member, Call call) {
        RegistryException refusal = assertThrows(RegistryException.class, call::make);
        assertEquals(status, refusal.status(), refusal.getMessage());
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .matches(member + ": (a package of )?at most [0-9]+ octets expected.*"),
                refusal.getMessage());
    }

    private static Json.Obj template(TransportEncryption encryption, String name, int octets) {
        return Json.object()
                .put("operator", OWNER)
                .put("profileTemplate", encryption.encrypt(Map.of("template", name), content(octets)))
                .build();
    }

    private static Json.Obj order(TransportEncryption encryption, int octets) {
        return Json.object()
                .put("iccid", NUMBER.digits())
                .put("profilePackage", encryption.encrypt("iccid", NUMBER.digits(), content(octets)))
                .build();
    }

    private static SecretOctets content(int octets) {
        return SecretOctets.wiping(new byte[octets]);
    }

    /** The template as it is when the SM-DP has answered. */
    private static Json.Obj imported(RegistryClient registry, String name) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Json.Obj told = registry.template(name);
        while (told.text("state").equals(Optional.of("Importing")) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            told = registry.template(name);
        }
        return told;
    }
}
