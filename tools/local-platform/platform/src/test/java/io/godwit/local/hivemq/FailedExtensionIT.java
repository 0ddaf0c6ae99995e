package io.godwit.local.hivemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.access.PlatformException;
import io.godwit.local.home.PropertyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FailedExtensionIT {
    private static final String DESCRIPTOR = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq-extension>
              <id>without-a-main</id>
              <name>An extension without a main class</name>
              <version>1</version>
              <priority>1</priority>
            </hivemq-extension>
            """;

    @TempDir
    Path folder;

    @Test
    void aBrokerWhoseExtensionDoesNotStartIsStoppedAgain() throws IOException {
        try (LocalPlatform platform = LocalPlatform.open(
                PlatformSettings.in(folder.resolve("home")).with(Part.HIVEMQ).owned())) {
            platform.use(new BrokerExtension(zip(), Map.of("answer", "42")));

            PlatformException problem = assertThrows(PlatformException.class, platform::start);

            assertTrue(problem.problem().contains("An extension without a main class"), problem.getMessage());
            assertTrue(platform.status().down());
            Path written = platform.home().resolve("hivemq/extensions/without-a-main/conf/godwit.properties");
            assertEquals(Map.of("answer", "42"), PropertyFile.read(written));
        }
    }

    private Path zip() throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar)) {
            out.putNextEntry(new ZipEntry("empty"));
        }
        Path zip = folder.resolve("extension.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("without-a-main/hivemq-extension.xml"));
            out.write(DESCRIPTOR.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("without-a-main/main.jar"));
            out.write(jar.toByteArray());
        }
        return zip;
    }
}
