package io.godwit.local.tls;

import io.godwit.local.tls.TestAuthority.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/** PKCS #12 files. */
public final class KeyStores {
    private KeyStores() {}

    /** A certificate, its key, and who signed it. */
    public static void write(Path file, String password, Identity identity, X509Certificate signer) {
        store(
                file,
                password,
                store -> store.setKeyEntry("identity", identity.key(), password.toCharArray(), new Certificate[] {
                    identity.certificate(), signer
                }));
    }

    /** A certificate to be trusted. */
    public static void write(Path file, String password, X509Certificate trusted) {
        store(file, password, store -> store.setCertificateEntry("trusted", trusted));
    }

    private interface Filling {
        void into(KeyStore store) throws GeneralSecurityException;
    }

    private static void store(Path file, String password, Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password.toCharArray());
            filling.into(store);
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
