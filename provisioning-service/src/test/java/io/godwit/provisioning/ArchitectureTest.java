package io.godwit.provisioning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit.provisioning", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule proceduresArePure = classes()
            .that()
            .resideInAPackage("..procedure")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "java.nio.charset",
                    "org.jspecify.annotations",
                    "io.godwit.protocol..",
                    "io.godwit.gsma..",
                    "io.godwit.provisioning.procedure",
                    "io.godwit.provisioning.replacement",
                    "io.godwit.provisioning.request",
                    "io.godwit.provisioning.smdp",
                    "io.godwit.provisioning.smsr");

    @ArchTest
    static final ArchRule replacementsArePure = classes()
            .that()
            .resideInAPackage("..provisioning.replacement")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "org.jspecify.annotations",
                    "io.godwit.protocol..",
                    "io.godwit.gsma..",
                    "io.godwit.provisioning.replacement");

    @ArchTest
    static final ArchRule theSmDpKnowsNoProcedure = classes()
            .that()
            .resideInAPackage("..smdp")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "javax.security.auth",
                    "org.jspecify.annotations",
                    "io.godwit.protocol..",
                    "io.godwit.gsma..",
                    "io.godwit.provisioning.smdp");

    @ArchTest
    static final ArchRule requestsKnowThePoliciesAndNothingElse = classes()
            .that()
            .resideInAPackage("..provisioning.request")
            .and()
            .haveSimpleNameNotEndingWith("Test")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "org.jspecify.annotations",
                    "io.godwit.protocol..",
                    "io.godwit.provisioning.request");

    @ArchTest
    static final ArchRule proceduresAskNoClockAndNoChance = noClasses()
            .that()
            .resideInAnyPackage("..procedure", "..provisioning.replacement", "..smdp", "..smsr", "..request")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.time\\.Clock|java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.lang\\.Thread")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule onlyTheIntakeSpeaksToKafka = noClasses()
            .that()
            .resideInAnyPackage("..procedure", "..provisioning.replacement", "..keys")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule tablesNeverBeginATransaction = noClasses()
            .that()
            .resideInAPackage("..postgres")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.godwit.kit..", "..intake", "..keys");

    @ArchTest
    static final ArchRule onlyTheRimKnowsTheContainer = noClasses()
            .that()
            .resideInAnyPackage("..procedure", "..provisioning.replacement", "..keys", "..postgres", "..intake")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "org.eclipse.microprofile..");
}
