package io.godwit.cli.platform;

import io.godwit.cli.pki.Issuing;
import io.godwit.cli.pki.PkiException;
import io.godwit.cli.pki.PkiFolder;
import io.godwit.cli.pki.TestPki;
import io.godwit.local.LocalPlatform;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/** This machine's own test CI and what stands under it, as {@code godwit pki init} makes them: the folder {@code pki}. */
final class TestPkiFolder {
    private static final int YEARS = 10;

    private TestPkiFolder() {}

    /** @throws PlatformException when it cannot be written */
    static Path in(LocalPlatform platform) {
        Path folder = platform.home().resolve("pki");
        try {
            if (!Files.exists(folder)) {
                new PkiFolder(folder).write(TestPki.make(new Issuing(new SecureRandom(), Instant.now(), YEARS)));
            }
            return folder;
        } catch (IOException | PkiException e) {
            throw new PlatformException("The test PKI in " + folder + " cannot be written.", "Remove that folder.", e);
        }
    }
}
