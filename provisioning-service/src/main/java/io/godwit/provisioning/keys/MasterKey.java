package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/** The port to what wraps all other keys: a file now, a KMS or a PKCS#11 token later. */
public interface MasterKey {
    /**
     * Encrypts {@code key}.
     *
     * @param binding what it is the key of; unwrapping under another binding fails
     */
    Octets wrap(SecretOctets key, String binding);

    /** @throws UnwrapException when {@code wrapped} was made under another key or binding, or was changed */
    SecretOctets unwrap(Octets wrapped, String binding);
}
