package io.godwit.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
    static final ArchRule aCardHasNoDiskNoClockAndNoChance = noClasses()
            .that()
            .resideInAPackage("io.godwit.simulator.card")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.net..", "java.time..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.lang\\.Thread");

    @ArchTest
    static final ArchRule decisionsOfADeviceHaveNoDiskNoClockAndNoThread = noClasses()
            .that()
            .haveNameMatching(
                    "io\\.godwit\\.simulator\\.device\\."
                            + "(AgentDecider|AgentState|Attachment|AttachProcedure|RefusedAttach|Conversation|Errands|Replies|Reply|Moment|Behaviour|DeviceMemory|RecordedAnswers)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.time\\.Clock|java\\.util\\.Random|java\\.lang\\.Thread");

    @ArchTest
    static final ArchRule onlyTheLinesKnowAnMqttLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("io.godwit.simulator.device.mqtt")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hivemq..", "io.reactivex..", "io.netty..");

    @ArchTest
    static final ArchRule roomsDoNotLookBack = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("io.godwit.simulator")
            .layer("fleet")
            .definedBy("io.godwit.simulator.fleet")
            .layer("mqtt")
            .definedBy("io.godwit.simulator.device.mqtt")
            .layer("device")
            .definedBy("io.godwit.simulator.device")
            .layer("network")
            .definedBy("io.godwit.simulator.network")
            .layer("storage")
            .definedBy("io.godwit.simulator.storage")
            .layer("card")
            .definedBy("io.godwit.simulator.card")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fleet")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("mqtt")
            .mayOnlyBeAccessedByLayers("fleet", "main")
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("mqtt", "fleet", "main")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("device", "fleet", "main")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("fleet")
            .whereLayer("card")
            .mayOnlyBeAccessedByLayers("device", "fleet", "main");
}
