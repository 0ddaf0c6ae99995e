package io.godwit.gsma;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit.gsma", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule itStandsOnJavaBouncyCastleAndTheIdentifiersAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "javax.security.auth",
                    "org.bouncycastle..",
                    "org.jspecify.annotations",
                    "io.godwit.protocol",
                    "io.godwit.gsma..");

    @ArchTest
    static final ArchRule itHasNoClockNoRandomAndNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..", "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.lang\\.Thread");

    @ArchTest
    static final ArchRule onlyTheCryptoPackageKnowsBouncyCastleAndTheJca = noClasses()
            .that()
            .resideOutsideOfPackage("io.godwit.gsma.crypto")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "javax.crypto..");

    @ArchTest
    static final ArchRule theLowerRoomsDoNotKnowTheUpperOnes = noClasses()
            .that()
            .resideInAnyPackage("..tlv", "..apdu", "..script", "..crypto", "..scp80", "..aid")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..es5");
}
