package io.godwit.simulator.fleet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where an {@link Eum} lies, as {@code godwit pki init} writes it.
 *
 * @param key its private key, PEM
 * @param certificate its certificate, PEM
 * @param ci the certificate of the CI above it, PEM
 */
public record EumFiles(Path key, Path certificate, Path ci) {
    /** Those of a folder that {@code godwit pki init} has made. */
    public static EumFiles in(Path folder) {
        return new EumFiles(
                folder.resolve("eum.key.pem"), folder.resolve("eum.cert.pem"), folder.resolve("ci.cert.pem"));
    }

    /** @throws IllegalArgumentException when they are not a key, its certificate and a CI's */
    public Eum read() throws IOException {
        return Eum.read(key, certificate, ci);
    }
}
