package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.DownloadTable;
import io.godwit.provisioning.postgres.IsdPKeyTable;
import io.godwit.provisioning.postgres.WrappedColumn;
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

    private final TenantKeyRing keys;

    DownloadKey(TenantKeyRing keys) {
        this.keys = keys;
    }

    public DownloadTable.Row wrap(UUID procedure, DownloadSecrets secrets) {
        return new DownloadTable.Row(
                procedure,
                keys.wrap(secrets.profilePackage(), WrappedColumn.PROFILE_PACKAGE, procedure.toString()),
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
            return keys.wrap(clear, WrappedColumn.DOWNLOAD_KEYS, procedure.toString());
        } finally {
            clear.destroy();
        }
    }

    /** @throws UnwrapException when it was wrapped for another procedure, or changed */
    public DownloadSecrets unwrap(DownloadTable.Row row) {
        DownloadSecrets secrets = DownloadSecrets.of(keys.unwrap(
                row.profilePackage(),
                WrappedColumn.PROFILE_PACKAGE,
                row.procedure().toString()));
        Octets wrapped = row.keys();
        if (wrapped == null) {
            return secrets;
        }
        SecretOctets clear = keys.unwrap(
                wrapped, WrappedColumn.DOWNLOAD_KEYS, row.procedure().toString());
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
                    keys.wrap(clear, WrappedColumn.ISD_P_KEYS, card.value(), isdP.hex()),
                    set.lastSession().value());
        } finally {
            clear.destroy();
        }
    }

    /** @throws UnwrapException when they were wrapped for another ISD-P, or changed */
    public IsdPKeySet unwrap(IsdPKeyTable.Row row) {
        SecretOctets clear = keys.unwrap(
                row.keys(),
                WrappedColumn.ISD_P_KEYS,
                row.nid().value(),
                row.isdP().hex());
        try {
            return new IsdPKeySet(keySet(clear), new SequenceCounter(row.lastSession()));
        } finally {
            clear.destroy();
        }
    }

    /** The data of a subscription, bound to its ICCID. */
    public Octets wrap(Iccid iccid, SecretOctets subscription) {
        return keys.wrap(subscription, WrappedColumn.SUBSCRIPTION, iccid.digits());
    }

    /** @throws UnwrapException when it was wrapped for another ICCID, or changed */
    public SecretOctets unwrap(Iccid iccid, Octets wrapped) {
        return keys.unwrap(wrapped, WrappedColumn.SUBSCRIPTION, iccid.digits());
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
}
