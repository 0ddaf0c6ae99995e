package io.godwit.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule aCardKnowsOnlyTheSpecification = classes()
            .that()
            .resideInAPackage("io.godwit.simulator.card")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify.annotations", "io.godwit.protocol", "io.godwit.gsma..", "..simulator.card");

    @ArchTest
    static final ArchRule onlyTheCardFileKnowsThatThereIsADisk = noClasses()
            .that()
            .resideInAPackage("io.godwit.simulator.card")
            .and()
            .haveNameNotMatching("io\\.godwit\\.simulator\\.card\\.CardFile(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.net..", "java.time..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.lang\\.Thread");
}
