package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a checkout of its own, with a Java and a Maven that only say that they were called. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../godwit");

    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();

    private record Said(int status, String text) {}

    @BeforeEach
    void checkout() throws IOException {
        Files.copy(LAUNCHER, root.resolve("godwit"), StandardCopyOption.COPY_ATTRIBUTES);
        program(
                "java",
                "case \"$*\" in *-version*) echo '  java.specification.version = 17';; *) echo \"RUN $*\";; esac");
        program(
                "mvn",
                "echo MAVEN; mkdir -p tools/cli/target/lib tools/cli/target/classes/io/godwit/cli;"
                        + " touch ran-maven tools/cli/target/classes/io/godwit/cli/Godwit.class");
        write("docs/eis.schema.json");
        write("libs/protocol/src/main/java/A.java");
        environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    }

    @Test
    void whatIsNotBuiltIsBuiltForEveryCommand() throws Exception {
        assertTrue(run("status").text().contains("RUN"));
        assertTrue(Files.exists(root.resolve("ran-maven")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "bench"})
    void whatStartsThePlatformIsBuiltWhenSourcesAreNewer(String command) throws Exception {
        buildBefore("libs/protocol/src/main/java/A.java");
        run(command);
        assertTrue(Files.exists(root.resolve("ran-maven")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "status", "token", "logs", "down", "demo --help"})
    void whatOnlyLooksRunsTheBuildThatThereIs(String command) throws Exception {
        buildBefore("libs/protocol/src/main/java/A.java");
        assertTrue(run(command.split(" ")).text().contains("RUN"));
        assertFalse(Files.exists(root.resolve("ran-maven")));
    }

    @Test
    void theSchemaThatTheRegistryPacksIsASource() throws Exception {
        buildBefore("docs/eis.schema.json");
        run("up");
        assertTrue(Files.exists(root.resolve("ran-maven")));
    }

    @Test
    void aFreshBuildIsNotMadeAgain() throws Exception {
        buildBefore("nothing");
        assertTrue(run("up").text().contains("RUN"));
        assertFalse(Files.exists(root.resolve("ran-maven")));
    }

    @Test
    void aBuildThatIsForbiddenAndMissingIsToldWithARemedy() throws Exception {
        environment.put("GODWIT_BUILD", "never");
        Said said = run("status");
        assertEquals(1, said.status());
        assertTrue(
                said.text().contains("GODWIT_BUILD=never") && said.text().contains("mvn -DskipTests package"),
                said.text());
    }

    @Test
    void aBuildIsNotReplacedUnderAProcessThatRunsFromIt() throws Exception {
        buildBefore("libs/protocol/src/main/java/A.java");
        Path jar = root.toRealPath().resolve("registry-service/target/quarkus-app/quarkus-run.jar");
        write("registry-service/target/quarkus-app/quarkus-run.jar");
        Process service = new ProcessBuilder("sh", "-c", "read -r nothing", jar.toString()).start();
        try {
            Said said = run("up");
            assertEquals(1, said.status());
            assertTrue(said.text().contains("process " + service.pid() + " runs from"), said.text());
            assertTrue(said.text().contains("./godwit down"), said.text());
            assertFalse(Files.exists(root.resolve("ran-maven")));
        } finally {
            service.destroy();
        }
    }

    @Test
    void anotherSystemIsRefusedWithASentence() throws Exception {
        program("uname", "echo Darwin");
        Said said = run("--help");
        assertEquals(1, said.status());
        assertTrue(said.text().contains("needs Linux") && said.text().contains("Darwin"), said.text());
    }

    /** A build that is older than {@code newer} and younger than everything else. */
    private void buildBefore(String newer) throws IOException {
        write("tools/cli/target/classes/io/godwit/cli/Godwit.class");
        Files.createDirectories(root.resolve("tools/cli/target/lib"));
        write("target/godwit-built");
        Instant built = Instant.now().minusSeconds(60);
        for (String source : List.of("docs/eis.schema.json", "libs/protocol/src/main/java/A.java")) {
            Instant changed = source.equals(newer) ? built.plusSeconds(30) : built.minusSeconds(30);
            Files.setLastModifiedTime(root.resolve(source), FileTime.from(changed));
        }
        Files.setLastModifiedTime(root.resolve("target/godwit-built"), FileTime.from(built));
    }

    private Said run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", root.resolve("godwit").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("GODWIT_BUILD");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private void program(String name, String script) throws IOException {
        write("bin/" + name);
        Path file = root.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void write(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }
}
