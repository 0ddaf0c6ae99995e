package io.godwit.gsma;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.security.SecureRandom;

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
                    "io.godwit.protocol.json",
                    "io.godwit.gsma..");

    @ArchTest
    static final ArchRule itHasNoClockNoRandomAndNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio..", "java.net..", "java.sql..")
            .orShould()
            .dependOnClassesThat(resideInAPackage("java.io..").and(not(assignableTo(IOException.class))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.lang\\.Thread")
            .orShould()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAPackage("java.time..")))));

    @ArchTest
    static final ArchRule onlyTheCryptoPackagesKnowBouncyCastleAndTheJca = noClasses()
            .that()
            .resideOutsideOfPackages("io.godwit.gsma.crypto", "io.godwit.gsma.ecdsa", "io.godwit.gsma.certificate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "javax.crypto..");

    @ArchTest
    static final ArchRule theLowerRoomsDoNotKnowTheUpperOnes = noClasses()
            .that()
            .resideInAnyPackage(
                    "..tlv",
                    "..apdu",
                    "..script",
                    "..crypto",
                    "..ecdsa",
                    "..certificate",
                    "..scp80",
                    "..scp03",
                    "..scp03t",
                    "..ecka",
                    "..aid")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..es5");

    @ArchTest
    static final ArchRule theChannelDoesNotKnowHowItIsFramedInTlvsNorWhereItsKeysComeFrom = noClasses()
            .that()
            .resideInAPackage("..scp03")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..scp03t", "..ecka", "..ecdsa");
}
