package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** HiveMQ disables an extension without the services file with nothing but a warning: so the file is looked for here. */
class ExtensionZipIT {
    private static final String SERVICE = "META-INF/services/com.hivemq.extension.sdk.api.ExtensionMain";

    @Test
    void theZipIsAnExtensionThatHiveMqStarts() throws IOException {
        try (ZipFile zip = new ZipFile(Surroundings.zip().toFile())) {
            String descriptor = text(zip, "godwit-broker-extension/hivemq-extension.xml");
            assertTrue(descriptor.contains("<id>godwit-broker-extension</id>"));
            assertFalse(descriptor.contains("${"));
            assertTrue(text(zip, "godwit-broker-extension/conf/godwit.properties.example")
                    .contains("node.name"));

            Map<String, byte[]> jar = jar(zip);
            assertEquals(BridgeMain.class.getName(), new String(jar.getOrDefault(SERVICE, new byte[0]), UTF_8).strip());
            assertTrue(jar.containsKey("io/godwit/broker/BridgeMain.class"));
            assertTrue(jar.containsKey("io/godwit/protocol/RspMessage.class"));
            assertTrue(jar.containsKey("org/apache/kafka/clients/producer/KafkaProducer.class"));
            assertFalse(
                    jar.keySet().stream().anyMatch(name -> name.startsWith("org/slf4j/")),
                    "a second slf4j would log into nothing");
            assertFalse(jar.keySet().stream().anyMatch(name -> name.startsWith("com/hivemq/")));
            assertFalse(jar.containsKey("module-info.class"));
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), UTF_8);
    }

    private static Map<String, byte[]> jar(ZipFile zip) throws IOException {
        byte[] bytes = zip.getInputStream(zip.getEntry("godwit-broker-extension/godwit-broker-extension.jar"))
                .readAllBytes();
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), entry.getName().equals(SERVICE) ? in.readAllBytes() : new byte[0]);
            }
        }
        return entries;
    }
}
