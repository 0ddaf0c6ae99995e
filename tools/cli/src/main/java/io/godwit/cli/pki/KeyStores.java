package io.godwit.cli.pki;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Key stores for programs of the Java world: PKCS#12, which openssl reads too. */
final class KeyStores {
    private KeyStores() {}

    /**
     * A store with one key.
     *
     * @param chain DER, the key's own certificate first
     * @param password of the store and of the key
     */
    static Octets of(String alias, EcKeyPair pair, List<Octets> chain, String password) {
        try {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            List<Certificate> certificates = new ArrayList<>();
            for (Octets der : chain) {
                certificates.add(x509.generateCertificate(new ByteArrayInputStream(der.toBytes())));
            }
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Pkcs8.encode(pair).toBytes()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, password.toCharArray(), certificates.toArray(Certificate[]::new));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return Octets.of(out.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK makes PKCS#12 stores", e);
        }
    }
}
