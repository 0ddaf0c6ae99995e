package io.godwit.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The registry's boundaries. */
@AnalyzeClasses(packages = "io.godwit.registry", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsDoNotGoInCircles =
            slices().matching("io.godwit.registry.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRegistryKnowsNoOtherService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.godwit.provisioning..", "io.godwit.broker..", "io.godwit.simulator..", "io.godwit.gsma..");

    @ArchTest
    static final ArchRule onlyTheIngestReadsEvents = noClasses()
            .that()
            .resideOutsideOfPackages("io.godwit.registry.ingest..", "io.godwit.registry.transport..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.godwit\\.protocol\\.record\\.EventRecord.*");

    @ArchTest
    static final ArchRule onlyAnnounceAndIngestSpeakKafka = noClasses()
            .that()
            .resideOutsideOfPackages("io.godwit.registry.announce..", "io.godwit.registry.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule theFoldIsPure = noClasses()
            .that()
            .haveNameMatching("io\\.godwit\\.registry\\.ingest\\.(Fold|CardChange|MemberChange|ClientOperations)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.apache.kafka..", "jakarta..", "org.slf4j..");

    @ArchTest
    static final ArchRule theLedgerIsWorkedOutPurely = noClasses()
            .that()
            .haveNameMatching("io\\.godwit\\.registry\\.(reuse\\.(History|SpanChanges|Span|Move|Holding|Told)"
                    + "|replacement\\.(Replacement|ReplacementFact|Standing|Stages))")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.apache.kafka..", "jakarta..", "org.slf4j..");

    @ArchTest
    static final ArchRule resourcesAreTheOnlyOnesThatSpeakHttp =
            classes().that().areAnnotatedWith(jakarta.ws.rs.Path.class).should().haveSimpleNameEndingWith("Resource");
}
