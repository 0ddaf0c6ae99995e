package io.godwit.provisioning.smdp;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * What the SM-DP must keep to itself as long as a download lasts.
 *
 * @param profilePackage the package in clear; it holds the subscription's Ki and OPc
 * @param ephemeralKey the private key of a key agreement whose answer has not come yet, 32 octets
 * @param keys what was agreed on with the ISD-P
 */
public record DownloadSecrets(
        SecretOctets profilePackage, Optional<SecretOctets> ephemeralKey, Optional<Scp03Keys> keys)
        implements Destroyable {
    public DownloadSecrets {
        requireNonNull(profilePackage, "profilePackage is null");
        requireNonNull(ephemeralKey, "ephemeralKey is null");
        requireNonNull(keys, "keys is null");
    }

    /** Those that a download begins with. */
    public static DownloadSecrets of(SecretOctets profilePackage) {
        return new DownloadSecrets(profilePackage, Optional.empty(), Optional.empty());
    }

    /** With a key agreement under way: whatever was agreed on before may be void. */
    public DownloadSecrets agreeing(SecretOctets nextEphemeralKey) {
        return new DownloadSecrets(profilePackage, Optional.of(nextEphemeralKey), Optional.empty());
    }

    /** With keys that the card has confirmed. */
    public DownloadSecrets agreed(Scp03Keys next) {
        return new DownloadSecrets(profilePackage, Optional.empty(), Optional.of(next));
    }

    @Override
    public void destroy() {
        profilePackage.destroy();
        ephemeralKey.ifPresent(SecretOctets::destroy);
        keys.ifPresent(Scp03Keys::destroy);
    }

    @Override
    public boolean isDestroyed() {
        return profilePackage.isDestroyed();
    }
}
