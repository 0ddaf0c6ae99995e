package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The master key from a file, for example a mounted Kubernetes secret: 32 octets in base64. */
public final class FileMasterKey implements MasterKey {
    private final SecretOctets key;

    private FileMasterKey(SecretOctets key) {
        this.key = key;
    }

    /** @throws IllegalStateException when there is no such file, or not 32 octets in it; a service must not start then */
    public static FileMasterKey read(Path file) {
        try {
            Octets octets = Octets.fromBase64(Files.readString(file).strip());
            if (octets.length() != AesGcm.KEY) {
                throw new IllegalStateException("the master key in " + file + " is not 32 octets long");
            }
            return new FileMasterKey(SecretOctets.copyOf(octets));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the master key file " + file + " cannot be read: set godwit.keys.master-key-file", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the master key in " + file + " is not base64 of 32 octets");
        }
    }

    @Override
    public Octets wrap(SecretOctets secret, String binding) {
        return AesGcm.wrap(key, secret, binding);
    }

    @Override
    public SecretOctets unwrap(Octets wrapped, String binding) {
        return AesGcm.unwrap(key, wrapped, binding);
    }
}
