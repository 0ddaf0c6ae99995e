package io.godwit.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.godwit.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theProtocolNeedsTheJdkAndAStreamingParserOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "io.godwit.protocol..",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheJsonRoomKnowsTheParser = noClasses()
            .that()
            .resideOutsideOfPackage("io.godwit.protocol.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule messagesDoNotKnowKafka = noClasses()
            .that()
            .resideInAnyPackage("io.godwit.protocol", "io.godwit.protocol.body", "io.godwit.protocol.json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.godwit.protocol.kafka", "io.godwit.protocol.record");
}
