package io.godwit.cli.platform;

import io.godwit.local.LocalPlatform;
import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** The file that provisioning-service reads its master key from: 32 octets in base64, readable by its owner only. */
final class MasterKeyFile {
    private MasterKeyFile() {}

    /** @throws PlatformException when it cannot be written */
    static Path in(LocalPlatform platform) {
        Path file = platform.home().resolve("master.key");
        try {
            if (!Files.exists(file)) {
                byte[] key = Base64.getUrlDecoder().decode(platform.secrets().secret("keys.master-key"));
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, Base64.getEncoder().encodeToString(key));
            }
            return file;
        } catch (IOException e) {
            throw new PlatformException(
                    "The master key file " + file + " cannot be written.", "Check who owns its folder.", e);
        }
    }
}
