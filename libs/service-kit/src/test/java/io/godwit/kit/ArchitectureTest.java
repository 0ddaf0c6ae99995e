package io.godwit.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The kit's boundaries. */
@AnalyzeClasses(packages = "io.godwit.kit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsDoNotGoInCircles =
            slices().matching("io.godwit.kit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theKitKnowsNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.godwit.registry..", "io.godwit.provisioning..");

    @ArchTest
    static final ArchRule onlyProblemsSpeakHttp = noClasses()
            .that()
            .resideOutsideOfPackage("io.godwit.kit.problem")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..", "com.fasterxml.jackson..");
}
