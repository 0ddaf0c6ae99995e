package io.godwit.local.service;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.ComponentStatus;
import io.godwit.local.LocalPlatform;
import io.godwit.local.PlatformSettings;
import io.godwit.local.StartOutcome;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JavaServiceIT {
    @TempDir
    Path folder;

    @Test
    void aServiceIsStartedAskedCountedAndStoppedFromAnotherPlatformObject() throws IOException {
        PlatformSettings settings = PlatformSettings.in(folder.resolve("home")).with();
        try (LocalPlatform platform = LocalPlatform.open(settings.owned())) {
            platform.add(service(platform, jar()));
            assertInstanceOf(StartOutcome.Started.class, platform.start());
            assertTrue(platform.usage().get(0).cpuMillis() > 0);
            assertTrue(platform.usage().get(0).startUpMillis() > 0);

            LocalPlatform other = LocalPlatform.open(settings);
            assertInstanceOf(
                    ComponentStatus.Up.class, other.status().components().get(0));
            assertEquals(List.of("answering-service"), other.stop());
            assertTrue(platform.status().down());
        }
    }

    @Test
    void anOwnerEndsWhatItStartedAndNothingThatRanBefore() throws IOException {
        PlatformSettings settings = PlatformSettings.in(folder.resolve("home")).with();
        LocalPlatform before = LocalPlatform.open(settings);
        before.add(service(before, "answering-service", jar()));
        before.start();
        try {
            try (LocalPlatform owner = LocalPlatform.open(settings.owned())) {
                owner.add(service(owner, "answering-service", jar()));
                owner.add(service(owner, "another-service", jar()));
                assertInstanceOf(StartOutcome.Started.class, owner.start());
                assertEquals(List.of("another-service"), owner.stopOwn());
            }
            assertTrue(before.status().up());
        } finally {
            before.stop();
        }
    }

    @Test
    void aPortInUseIsToldAndAnotherOneHelps() throws IOException {
        PlatformSettings settings =
                PlatformSettings.in(folder.resolve("home")).with().owned();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalPlatform refused =
                        LocalPlatform.open(settings.on(Map.of("answering-service", taken.getLocalPort())))) {
            refused.add(service(refused, "answering-service", jar()));
            PlatformException problem = assertThrows(PlatformException.class, refused::start);
            assertTrue(problem.remedy().contains("--port answering-service=NUMBER"), problem.getMessage());
            try (LocalPlatform next = LocalPlatform.open(settings)) {
                next.add(service(next, "answering-service", jar()));
                assertTrue(next.start().status().up());
            }
        }
    }

    @Test
    void aServiceThatIsNotBuiltIsToldWithARemedy() {
        try (LocalPlatform platform = LocalPlatform.open(
                PlatformSettings.in(folder.resolve("home")).with().owned())) {
            platform.add(service(platform, folder.resolve("target/quarkus-app/quarkus-run.jar")));
            PlatformException problem = assertThrows(PlatformException.class, platform::start);
            assertTrue(problem.remedy().contains("mvn package"), problem.getMessage());
        }
    }

    @Test
    void aServiceThatEndsWhileStartingIsToldWithItsLastWords() throws IOException {
        try (LocalPlatform platform = LocalPlatform.open(
                PlatformSettings.in(folder.resolve("home")).with().owned())) {
            Path noJar = Files.writeString(folder.resolve("broken.jar"), "no jar");
            platform.add(service(platform, noJar));
            PlatformException problem = assertThrows(PlatformException.class, platform::start);
            assertTrue(problem.problem().contains("Invalid or corrupt jarfile"), problem.getMessage());
            assertTrue(problem.remedy().contains("answering-service.log"), problem.getMessage());
            assertTrue(platform.status().down());
        }
    }

    private static JavaService service(LocalPlatform platform, Path jar) {
        return service(platform, "answering-service", jar);
    }

    private static JavaService service(LocalPlatform platform, String name, Path jar) {
        return new JavaService(name, jar, Map.of("HEALTH", "well"), platform.port(name), "/ready", List.of("-Xmx64m"));
    }

    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, AnsweringService.class.getName());
        Path jar = folder.resolve("quarkus-run.jar");
        String file = AnsweringService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = requireNonNull(AnsweringService.class.getResourceAsStream("/" + file))) {
            out.putNextEntry(new ZipEntry(file));
            in.transferTo(out);
        }
        return jar;
    }
}
