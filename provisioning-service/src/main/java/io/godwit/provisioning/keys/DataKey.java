package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.Arrays;

/** A tenant's data key: wraps and unwraps the key sets of its cards, each bound to its card. */
public final class DataKey {
    private final TenantId tenant;
    private final SecretOctets key;

    DataKey(TenantId tenant, SecretOctets key) {
        this.tenant = tenant;
        this.key = key;
    }

    /** KIc and KID, of equal length, one after the other, under the data key. */
    public Octets wrap(Nid nid, Scp80Keys keys) {
        SecretOctets both =
                SecretOctets.copyOf(keys.kic().reveal().plus(keys.kid().reveal()));
        try {
            return AesGcm.wrap(key, both, binding(nid, keys.keySetVersion()));
        } finally {
            both.destroy();
        }
    }

    /** @throws UnwrapException when it was wrapped for another card or changed */
    public Scp80Keys unwrap(Nid nid, int keySetVersion, Octets wrapped) {
        SecretOctets both = AesGcm.unwrap(key, wrapped, binding(nid, keySetVersion));
        byte[] bytes = both.reveal().toBytes();
        int half = bytes.length / 2;
        try {
            return Scp80Keys.of(
                    keySetVersion,
                    Octets.of(Arrays.copyOfRange(bytes, 0, half)),
                    Octets.of(Arrays.copyOfRange(bytes, half, bytes.length)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            both.destroy();
        }
    }

    private String binding(Nid nid, int keySetVersion) {
        return "card-key/" + tenant + "/" + nid + "/" + keySetVersion;
    }
}
