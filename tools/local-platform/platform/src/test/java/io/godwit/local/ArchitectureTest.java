package io.godwit.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsDependInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("door")
            .definedBy("io.godwit.local")
            .layer("components")
            .definedBy(
                    "io.godwit.local.postgres..",
                    "io.godwit.local.kafka..",
                    "io.godwit.local.hivemq..",
                    "io.godwit.local.tls..",
                    "io.godwit.local.service..")
            .layer("process")
            .definedBy("io.godwit.local.process..")
            .layer("home")
            .definedBy("io.godwit.local.home..")
            .whereLayer("door")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("components")
            .mayOnlyBeAccessedByLayers("door")
            .whereLayer("process")
            .mayOnlyBeAccessedByLayers("door", "components")
            .whereLayer("home")
            .mayOnlyBeAccessedByLayers("door", "components", "process");

    @ArchTest
    static final ArchRule noComponentKnowsAnother =
            slices().matching("io.godwit.local.(*)..").should().beFreeOfCycles();
}
