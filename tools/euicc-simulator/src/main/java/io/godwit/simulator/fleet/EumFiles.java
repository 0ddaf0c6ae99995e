package io.godwit.simulator.fleet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where an {@link Eum} lies, as {@code godwit pki init} writes it.
 *
 * @param key its private key, PEM
 * @param certificate its certificate, PEM
 */
public record EumFiles(Path key, Path certificate) {
    /** @throws IllegalArgumentException when they are not a key and its certificate */
    public Eum read() throws IOException {
        return Eum.read(key, certificate);
    }
}
