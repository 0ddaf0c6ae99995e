package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.DownloadTable;
import io.godwit.provisioning.postgres.IsdPKeyTable;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.IsdPKeySet;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's data key of the SM-DP: wraps and unwraps what it keeps of downloads, each bound to its procedure, and of ISD-Ps,
 * each bound to its card and AID, and of subscriptions, each bound to its ICCID.
 */
public final class DownloadKey {
    private static final int EPHEMERAL = 1;
    private static final int KEY_SET = 2;

    private final TenantId tenant;
    private final SecretOctets key;

    DownloadKey(TenantId tenant, SecretOctets key) {
        this.tenant = tenant;
        this.key = key;
    }

    public DownloadTable.Row wrap(UUID procedure, DownloadSecrets secrets) {
        return new DownloadTable.Row(
                procedure,
                AesGcm.wrap(key, secrets.profilePackage(), binding("profile-package", procedure)),
                wrapKeys(procedure, secrets));
    }

    private @Nullable Octets wrapKeys(UUID procedure, DownloadSecrets secrets) {
        if (secrets.ephemeralKey().isEmpty() && secrets.keys().isEmpty()) {
            return null;
        }
        SecretOctets clear = secrets.ephemeralKey()
                .map(scalar -> joined(Octets.ofInts(EPHEMERAL), scalar))
                .orElseGet(() -> keySet(secrets.keys().orElseThrow()));
        try {
            return AesGcm.wrap(key, clear, binding("download-keys", procedure));
        } finally {
            clear.destroy();
        }
    }

    /** @throws UnwrapException when it was wrapped for another procedure, or changed */
    public DownloadSecrets unwrap(DownloadTable.Row row) {
        DownloadSecrets secrets = DownloadSecrets.of(
                AesGcm.unwrap(key, row.profilePackage(), binding("profile-package", row.procedure())));
        Octets wrapped = row.keys();
        if (wrapped == null) {
            return secrets;
        }
        SecretOctets clear = AesGcm.unwrap(key, wrapped, binding("download-keys", row.procedure()));
        try {
            return clear.reveal().at(0) == EPHEMERAL
                    ? secrets.agreeing(clear.slice(1, clear.length()))
                    : secrets.agreed(keySet(clear));
        } finally {
            clear.destroy();
        }
    }

    /** The keys of an ISD-P, bound to its card and its AID. */
    public IsdPKeyTable.Row wrap(Nid card, Aid isdP, IsdPKeySet set) {
        SecretOctets clear = keySet(set.keys());
        try {
            return new IsdPKeyTable.Row(
                    card,
                    isdP,
                    AesGcm.wrap(key, clear, binding(card, isdP)),
                    set.lastSession().value());
        } finally {
            clear.destroy();
        }
    }

    /** @throws UnwrapException when they were wrapped for another ISD-P, or changed */
    public IsdPKeySet unwrap(IsdPKeyTable.Row row) {
        SecretOctets clear = AesGcm.unwrap(key, row.keys(), binding(row.nid(), row.isdP()));
        try {
            return new IsdPKeySet(keySet(clear), new SequenceCounter(row.lastSession()));
        } finally {
            clear.destroy();
        }
    }

    /** The data of a subscription, bound to its ICCID. */
    public Octets wrap(Iccid iccid, SecretOctets subscription) {
        return AesGcm.wrap(key, subscription, binding(iccid));
    }

    /** @throws UnwrapException when it was wrapped for another ICCID, or changed */
    public SecretOctets unwrap(Iccid iccid, Octets wrapped) {
        return AesGcm.unwrap(key, wrapped, binding(iccid));
    }

    private String binding(Iccid iccid) {
        return "subscription/" + tenant + "/" + iccid;
    }

    /** {@code 02 | version | ENC | MAC | DEK}, the three of one size. */
    private static SecretOctets keySet(Scp03Keys keys) {
        return joined(Octets.ofInts(KEY_SET, keys.keyVersion()), keys.enc(), keys.mac(), keys.dek());
    }

    private static Scp03Keys keySet(SecretOctets clear) {
        int size = (clear.length() - 2) / 3;
        return new Scp03Keys(
                clear.reveal().at(1),
                clear.slice(2, 2 + size),
                clear.slice(2 + size, 2 + 2 * size),
                clear.slice(2 + 2 * size, 2 + 3 * size));
    }

    private static SecretOctets joined(Octets head, SecretOctets... parts) {
        int length = head.length()
                + Arrays.stream(parts).mapToInt(SecretOctets::length).sum();
        byte[] all = Arrays.copyOf(head.toBytes(), length);
        int at = head.length();
        for (SecretOctets part : parts) {
            byte[] bytes = part.reveal().toBytes();
            System.arraycopy(bytes, 0, all, at, bytes.length);
            Arrays.fill(bytes, (byte) 0);
            at += bytes.length;
        }
        return SecretOctets.wiping(all);
    }

    private String binding(Nid card, Aid isdP) {
        return "isd-p-keys/" + tenant + "/" + card + "/" + isdP.hex();
    }

    private String binding(String what, UUID procedure) {
        return what + "/" + tenant + "/" + procedure;
    }
}
