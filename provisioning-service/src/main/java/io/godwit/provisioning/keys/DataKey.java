package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.WrappedColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** A tenant's data key: wraps and unwraps the key sets of its cards, each bound to its card. */
public final class DataKey {
    private final TenantKeyRing keys;

    DataKey(TenantKeyRing keys) {
        this.keys = keys;
    }

    /** KIc and KID, of equal length, one after the other, under the data key. */
    public Octets wrap(Nid nid, Scp80Keys set) {
        SecretOctets both =
                SecretOctets.copyOf(set.kic().reveal().plus(set.kid().reveal()));
        try {
            return keys.wrap(both, WrappedColumn.CARD_KEY, nid.value(), String.valueOf(set.keySetVersion()));
        } finally {
            both.destroy();
        }
    }

    /** @throws UnwrapException when it was wrapped for another card or changed */
    public Scp80Keys unwrap(Nid nid, int keySetVersion, Octets wrapped) {
        SecretOctets both = keys.unwrap(wrapped, WrappedColumn.CARD_KEY, nid.value(), String.valueOf(keySetVersion));
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
        return ephemeralKey(keys.current(), procedure, message);
    }

    /**
     * The same of the data key before: the agreement may have begun under it. Empty: there is none, and no agreement is open that
     * began under it.
     */
    public Optional<SecretOctets> formerEphemeralKey(UUID procedure, int message) {
        return Optional.ofNullable(keys.former()).map(former -> ephemeralKey(former, procedure, message));
    }

    private SecretOctets ephemeralKey(TenantKeyRing.Numbered from, UUID procedure, int message) {
        for (int attempt = 0; ; attempt++) {
            String purpose = "isd-r-key-agreement/" + keys.tenant() + "/" + procedure + "/" + message + "/" + attempt;
            byte[] key = from.key().reveal().toBytes();
            HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
            derivation.init(new HKDFParameters(key, null, purpose.getBytes(StandardCharsets.UTF_8)));
            Arrays.fill(key, (byte) 0);
            byte[] scalar = new byte[EcKeyPair.SIZE];
            derivation.generateBytes(scalar, 0, scalar.length);
            SecretOctets derived = SecretOctets.wiping(scalar);
            if (EcKeyPair.isPrivateKey(derived.reveal())) {
                return derived;
            }
        }
    }
}
