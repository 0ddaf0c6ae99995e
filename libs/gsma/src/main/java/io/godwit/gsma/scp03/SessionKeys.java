package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.Kdf108;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import javax.security.auth.Destroyable;

/**
 * The keys of one session (GP Amendment D 6.2.1). All states of its channel share them, so that to destroy them ends the
 * channel in each of its states.
 */
public record SessionKeys(SecretOctets enc, SecretOctets mac, SecretOctets rmac) implements Destroyable {
    private static final int S_ENC = 0x04;
    private static final int S_MAC = 0x06;
    private static final int S_RMAC = 0x07;

    /** @throws IllegalArgumentException when the keys are not AES keys of one size */
    public SessionKeys {
        requireNonNull(enc, "enc is null");
        requireNonNull(mac, "mac is null");
        requireNonNull(rmac, "rmac is null");
        if (!enc.isAesKey() || mac.length() != enc.length() || rmac.length() != enc.length()) {
            throw new IllegalArgumentException("keys: three of 16, three of 24 or three of 32 octets expected");
        }
    }

    /** S-ENC from the static ENC, S-MAC and S-RMAC from the static MAC. */
    static SessionKeys derive(Scp03Keys keys, Octets challenges) {
        int length = keys.enc().length();
        return new SessionKeys(
                Kdf108.derive(keys.enc(), S_ENC, challenges, length),
                Kdf108.derive(keys.mac(), S_MAC, challenges, length),
                Kdf108.derive(keys.mac(), S_RMAC, challenges, length));
    }

    @Override
    public void destroy() {
        enc.destroy();
        mac.destroy();
        rmac.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return enc.isDestroyed() && mac.isDestroyed() && rmac.isDestroyed();
    }

    @Override
    public String toString() {
        return "SessionKeys[hidden]";
    }
}
