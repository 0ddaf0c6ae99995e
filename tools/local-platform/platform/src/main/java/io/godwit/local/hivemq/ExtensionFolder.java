package io.godwit.local.hivemq;

import static java.util.Objects.requireNonNull;

import io.godwit.local.access.PlatformException;
import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.home.PropertyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** HiveMQ's folder of extensions: laid out anew before each start, so that what runs is what was built last. */
final class ExtensionFolder {
    private static final String DESCRIPTOR = "hivemq-extension.xml";

    private final Path extensions;

    /** Below a HiveMQ home. */
    ExtensionFolder(Path extensions) {
        this.extensions = extensions;
    }

    void clear() {
        CachedFiles.delete(extensions);
        try {
            Files.createDirectories(extensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lays an extension out, and says its name as HiveMQ will log it.
     *
     * @throws PlatformException it is no extension
     */
    String install(BrokerExtension extension) {
        try {
            Path folder = unzip(extension.zip());
            PropertyFile.write(folder.resolve("conf").resolve("godwit.properties"), extension.properties());
            return nameIn(folder.resolve(DESCRIPTOR));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new PlatformException(
                    extension.zip() + " is not an extension of HiveMQ: " + e.getMessage() + ".",
                    "Build it again with \"mvn package\".",
                    e);
        }
    }

    /** Whether HiveMQ has put an extension out of action. */
    boolean anyDisabled() {
        try (var files = Files.find(extensions, 2, (file, kind) -> file.endsWith("DISABLED"))) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path unzip(Path zip) throws IOException {
        Path folder = extensions;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = extensions.resolve(entry.getName()).normalize();
                if (!file.startsWith(extensions)) {
                    throw new IOException("an entry leads out of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(requireNonNull(file.getParent()));
                Files.copy(in, file);
                if (file.endsWith(DESCRIPTOR)) {
                    folder = requireNonNull(file.getParent());
                }
            }
        }
        return folder;
    }

    private static String nameIn(Path descriptor) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        try (InputStream in = Files.newInputStream(descriptor)) {
            Document document = factory.newDocumentBuilder().parse(in);
            if (document.getElementsByTagName("name").getLength() == 0) {
                throw new IOException(DESCRIPTOR + " has no name");
            }
            return document.getElementsByTagName("name")
                    .item(0)
                    .getTextContent()
                    .trim();
        }
    }
}
