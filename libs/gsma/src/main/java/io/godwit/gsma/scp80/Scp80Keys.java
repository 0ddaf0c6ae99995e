package io.godwit.gsma.scp80;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import javax.security.auth.Destroyable;

/**
 * One SCP80 key set of a security domain: KIc ciphers, KID makes the cryptographic checksum.
 *
 * @param keySetVersion 1 to 15, the high nibble of the KIc and KID octets of a packet
 */
public record Scp80Keys(int keySetVersion, SecretOctets kic, SecretOctets kid) implements Destroyable {
    /** @throws IllegalArgumentException when the version is out of range or a key is no AES key */
    public Scp80Keys {
        requireNonNull(kic, "kic is null");
        requireNonNull(kid, "kid is null");
        if (keySetVersion < 1 || keySetVersion > 15) {
            throw new IllegalArgumentException("keySetVersion: 1 to 15 expected for SCP80");
        }
        if (!kic.isAesKey() || !kid.isAesKey()) {
            throw new IllegalArgumentException("keys: 16, 24 or 32 octets expected");
        }
    }

    /** Copies both keys. */
    public static Scp80Keys of(int keySetVersion, Octets kic, Octets kid) {
        return new Scp80Keys(keySetVersion, SecretOctets.copyOf(kic), SecretOctets.copyOf(kid));
    }

    /** The KIc and KID octet: key set version and 2, "AES in CBC mode" and "AES in CMAC mode" (TS 102 225 5.1.2). */
    int keyOctet() {
        return keySetVersion << 4 | 0x02;
    }

    @Override
    public void destroy() {
        kic.destroy();
        kid.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return kic.isDestroyed() && kid.isDestroyed();
    }

    @Override
    public String toString() {
        return "Scp80Keys[keySetVersion=" + keySetVersion + "]";
    }
}
