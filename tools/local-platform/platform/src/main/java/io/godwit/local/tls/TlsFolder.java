package io.godwit.local.tls;

import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the TLS listener of one home needs: made at the first start, by an authority that is made for it and signs nothing
 * else, and the same ever after.
 */
public final class TlsFolder {
    private final Path folder;
    private final String password;

    private TlsFolder(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    public static TlsFolder of(PlatformHome home, Secrets secrets) {
        return new TlsFolder(home.folder("tls"), secrets.secret("tls.store"));
    }

    /** What clients have to trust (PEM). */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The server's certificate and key (PKCS #12). */
    public Path keyStore() {
        return folder.resolve("server.p12");
    }

    /** Whose clients are let into the handshake (PKCS #12); the broker extension writes it too. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** Of both stores. */
    public String password() {
        return password;
    }

    /** Makes what is missing; several nodes that start side by side share it. */
    public synchronized void prepare() {
        if (!Files.exists(keyStore())) {
            TestAuthority authority = TestAuthority.create("CN=Godwit local platform, OU=test only");
            try {
                Files.writeString(authority(), Pem.of(authority.identity().certificate()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // Not empty, or HiveMQ could not use it; that authority names no devices.
            KeyStores.write(trustStore(), password, authority.identity().certificate());
            KeyStores.write(
                    keyStore(),
                    password,
                    authority.server(),
                    authority.identity().certificate());
        }
    }
}
