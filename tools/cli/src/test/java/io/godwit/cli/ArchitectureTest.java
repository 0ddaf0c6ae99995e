package io.godwit.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCommandKnowsTheServicesByTheirRestApiOnly = noClasses()
            .that()
            .resideInAPackage("io.godwit.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.godwit.registry..", "io.godwit.provisioning..", "io.godwit.broker..", "io.godwit.kit..");

    @ArchTest
    static final ArchRule roomsDoNotKnowTheCommandsThatUseThem = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.godwit.cli.platform..",
                    "io.godwit.cli.pki..",
                    "io.godwit.cli.profile..",
                    "io.godwit.cli.registry..",
                    "io.godwit.cli.scenario..",
                    "io.godwit.cli.demo..",
                    "io.godwit.cli.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.godwit.cli", "picocli..");

    @ArchTest
    static final ArchRule scenariosDoNotKnowWhoPlaysThem = noClasses()
            .that()
            .resideInAPackage("io.godwit.cli.scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.godwit.cli.demo..", "io.godwit.cli.bench..");
}
