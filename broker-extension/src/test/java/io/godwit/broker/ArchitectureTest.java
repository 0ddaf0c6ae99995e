package io.godwit.broker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.godwit.broker.downlink.GroupTopics;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.Gatekeeper;
import io.godwit.broker.identity.Readiness;
import io.godwit.broker.identity.TrustAnchors;
import io.godwit.broker.kafka.Circuit;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.uplink.Admission;
import io.godwit.broker.uplink.RateLimits;
import io.godwit.broker.uplink.TokenBucket;
import java.util.Set;

/** The bridge's boundaries. */
@AnalyzeClasses(packages = "io.godwit.broker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> DECISIONS = Set.of(
            Admission.class.getName(),
            TokenBucket.class.getName(),
            RateLimits.class.getName(),
            FleetView.class.getName(),
            Readiness.class.getName(),
            Gatekeeper.class.getName(),
            Connections.class.getName(),
            DeviceConnection.class.getName(),
            Circuit.class.getName(),
            TrustAnchors.class.getName(),
            GroupTopics.class.getName(),
            "io.godwit.broker.downlink.MemberConnection",
            "io.godwit.broker.uplink.PendingAck");

    @ArchTest
    static final ArchRule roomsDoNotGoInCircles =
            slices().matching("io.godwit.broker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule decisionsKnowNeitherMqttNorKafkaNorLogs = noClasses()
            .that(describe("decide", ArchitectureTest::decides))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hivemq..", "org.apache.kafka..", "org.slf4j..", "com.codahale..");

    @ArchTest
    static final ArchRule kafkaKnowsNoMqtt = noClasses()
            .that()
            .resideInAPackage("io.godwit.broker.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hivemq..");

    @ArchTest
    static final ArchRule uplinkAndDownlinkDoNotKnowEachOther = classes()
            .that()
            .resideInAPackage("io.godwit.broker.uplink..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("io.godwit.broker.downlink..");

    private static boolean decides(JavaClass type) {
        String name = type.getName();
        return DECISIONS.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "$"));
    }
}
