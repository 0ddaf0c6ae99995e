package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

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

    /**
     * A private key on P-256 for one key agreement of an SM-SR, 32 octets: HKDF with SHA-256 (RFC 5869) of the data key, the next one
     * where that is none. It tells nothing of the data key nor of the others.
     *
     * @param message which message of the procedure it is for
     */
    public SecretOctets ephemeralKey(UUID procedure, int message) {
        for (int attempt = 0; ; attempt++) {
            String purpose = "isd-r-key-agreement/" + tenant + "/" + procedure + "/" + message + "/" + attempt;
            byte[] from = key.reveal().toBytes();
            HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
            derivation.init(new HKDFParameters(from, null, purpose.getBytes(StandardCharsets.UTF_8)));
            Arrays.fill(from, (byte) 0);
            byte[] scalar = new byte[EcKeyPair.SIZE];
            derivation.generateBytes(scalar, 0, scalar.length);
            SecretOctets derived = SecretOctets.wiping(scalar);
            if (EcKeyPair.isPrivateKey(derived.reveal())) {
                return derived;
            }
        }
    }

    private String binding(Nid nid, int keySetVersion) {
        return "card-key/" + tenant + "/" + nid + "/" + keySetVersion;
    }
}
