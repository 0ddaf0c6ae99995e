package io.godwit.simulator.device.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a device shows in the TLS handshake instead of a user name and a secret.
 *
 * @param keys its certificate and key
 * @param brokers whom it takes for a broker
 */
public record ClientCertificate(KeyManagerFactory keys, TrustManagerFactory brokers) {
    /**
     * Reads one.
     *
     * @param store PKCS #12, with the certificate and its key
     * @param authority PEM, of who signs the broker's certificate
     * @throws IOException when a file is missing or damaged, or the password is wrong
     */
    public static ClientCertificate load(Path store, String password, Path authority) throws IOException {
        try (InputStream storeFile = Files.newInputStream(store);
                InputStream authorityFile = Files.newInputStream(authority)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(storeFile, password.toCharArray());
            if (Collections.list(own.aliases()).stream().noneMatch(alias -> isKey(own, alias))) {
                throw new IOException(store + ": a certificate with its key expected");
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, password.toCharArray());
            Certificate signer = CertificateFactory.getInstance("X.509").generateCertificate(authorityFile);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", signer);
            TrustManagerFactory brokers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            brokers.init(trusted);
            return new ClientCertificate(keys, brokers);
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " or " + authority + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
