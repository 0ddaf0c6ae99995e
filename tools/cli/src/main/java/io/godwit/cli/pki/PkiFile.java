package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Octets;

/**
 * A file to be written.
 *
 * @param name below the folder, with slashes
 * @param secret whether its owner alone may read it
 */
public record PkiFile(String name, Octets content, boolean secret) {
    /** {@code <name>.key.pem}: PKCS#8. */
    static PkiFile key(String name, EcKeyPair pair) {
        String pem = new Pem(Pem.PRIVATE_KEY, Pkcs8.encode(pair)).encode();
        return new PkiFile(name + ".key.pem", Octets.utf8(pem), true);
    }

    /** {@code <name>.cert.pem}: X.509. */
    static PkiFile certificate(String name, Octets der) {
        return new PkiFile(name + ".cert.pem", Octets.utf8(new Pem(Pem.CERTIFICATE, der).encode()), false);
    }

    static PkiFile certificate(String name, CaCertificate certificate) {
        return certificate(name, certificate.der());
    }

    /** {@code <name>.cert.7f21}: GlobalPlatform's, as hexadecimal digits on one line. */
    static PkiFile certificate(String name, GpCertificate certificate) {
        String digits = certificate.encode().toHex() + "\n";
        return new PkiFile(name + ".cert.7f21", Octets.utf8(digits), false);
    }
}
