package io.godwit.broker.identity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust store of HiveMQ's TLS listener, kept at the trust anchors of all tenants. HiveMQ looks at it every ten seconds.
 * It only decides whose handshake comes to an end; which tenant a certificate counts for is decided at CONNECT.
 */
public final class TrustStoreFile {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStoreFile.class);

    private final Path file;
    private final char[] password;
    private Set<X509Certificate> written = Set.of();

    /** @param file PKCS #12, there already, because HiveMQ does not start without it */
    public TrustStoreFile(Path file, String password) {
        this.file = file;
        this.password = password.toCharArray();
    }

    /**
     * Writes these, if they are others than before. None at all are not written: a listener whose trust store is empty cannot
     * be set up, and an anchor that no tenant has any more lets nobody in.
     */
    public synchronized void keep(Set<X509Certificate> anchors) {
        if (anchors.isEmpty() || anchors.equals(written)) {
            return;
        }
        try {
            write(anchors);
            written = Set.copyOf(anchors);
            LOG.info("The trust store is written. anchors={} file={}", anchors.size(), file);
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("The trust store could not be written; trying again. file={} fault={}", file, e.toString());
        }
    }

    private void write(Set<X509Certificate> anchors) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        int number = 0;
        for (X509Certificate anchor : anchors) {
            number++;
            store.setCertificateEntry("device-trust-anchor-" + number, anchor);
        }
        // Beside it and then in its place: HiveMQ must not read half of it.
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "trust-store", ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            store.store(out, password);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
