package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.TenantKeyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of tenants, made when first needed. Which of them is in use is read in each transaction. A few are kept unwrapped:
 * each slice needs one, and asking a KMS for each would make it the bottleneck. Card keys are not kept. SM-SR and SM-DP have
 * data keys of their own.
 */
public final class TenantKeys {
    private static final int KEPT = 256;

    /** What unwraps to one key and no other, whatever becomes of the row that it stands in. */
    private record Wrapped(TenantId tenant, Octets octets) {}

    private final MasterKey master;
    private final String role;
    private final Map<Wrapped, SecretOctets> open = new LinkedHashMap<>(16, 0.75f, true);

    private TenantKeys(MasterKey master, String role) {
        this.master = master;
        this.role = role;
    }

    /** The SM-SR's, for the keys of cards. */
    public static TenantKeys smSr(MasterKey master) {
        return new TenantKeys(master, TransportKey.SM_SR);
    }

    /** The SM-DP's, for what it keeps of downloads. */
    public static TenantKeys smDp(MasterKey master) {
        return new TenantKeys(master, TransportKey.SM_DP);
    }

    String role() {
        return role;
    }

    /**
     * The tenant's data key for the keys of its cards, in the tenant's transaction. To be asked for before anything is read that
     * is under it, be it the SM-SR's or the SM-DP's: from then on, neither is replaced.
     */
    public DataKey of(Connection connection, TenantId tenant) throws SQLException {
        return new DataKey(ring(connection, tenant));
    }

    /** The tenant's data key for downloads, in the tenant's transaction; to be asked for as the SM-SR's. */
    public DownloadKey ofDownloads(Connection connection, TenantId tenant) throws SQLException {
        return new DownloadKey(ring(connection, tenant));
    }

    TenantKeyRing ring(Connection connection, TenantId tenant) throws SQLException {
        Optional<TenantKeyTable.Row> stored = TenantKeyTable.hold(connection, role, tenant);
        if (stored.isEmpty()) {
            TenantKeyTable.offer(connection, role, tenant, newKey(tenant));
            // Another process may have been faster.
            stored = TenantKeyTable.hold(connection, role, tenant);
        }
        TenantKeyTable.Row row = stored.orElseThrow();
        TenantKeyTable.Former former = row.former();
        return new TenantKeyRing(
                tenant,
                new TenantKeyRing.Numbered(row.number(), unwrap(tenant, row.wrapped())),
                former == null ? null : new TenantKeyRing.Numbered(former.number(), unwrap(tenant, former.wrapped())));
    }

    /** A new data key for the tenant, to be stored. */
    Octets newKey(TenantId tenant) {
        SecretOctets made = AesGcm.newKey();
        try {
            return master.wrap(made, binding(tenant));
        } finally {
            made.destroy();
        }
    }

    private SecretOctets unwrap(TenantId tenant, Octets octets) {
        Wrapped wrapped = new Wrapped(tenant, octets);
        SecretOctets kept = find(wrapped);
        if (kept == null) {
            kept = master.unwrap(octets, binding(tenant));
            keep(wrapped, kept);
        }
        return kept;
    }

    private synchronized @Nullable SecretOctets find(Wrapped wrapped) {
        return open.get(wrapped);
    }

    private synchronized void keep(Wrapped wrapped, SecretOctets key) {
        open.put(wrapped, key);
        if (open.size() > KEPT) {
            // Not wiped: a slice of that tenant may be using it right now.
            open.remove(open.keySet().iterator().next());
        }
    }

    private String binding(TenantId tenant) {
        return (role.equals(TransportKey.SM_SR) ? "tenant-key/" : "sm-dp-tenant-key/") + tenant;
    }
}
