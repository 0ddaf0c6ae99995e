package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.KeyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of tenants, made when first needed. A few are kept unwrapped: each slice needs one, and asking a KMS for
 * each would make it the bottleneck. Card keys are not kept. SM-SR and SM-DP have data keys of their own.
 */
public final class TenantKeys {
    private static final int KEPT = 256;

    private final MasterKey master;
    private final String role;
    private final Map<TenantId, SecretOctets> open = new LinkedHashMap<>(16, 0.75f, true);

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

    /** The tenant's data key for the keys of its cards, in the tenant's transaction. */
    public DataKey of(Connection connection, TenantId tenant) throws SQLException {
        return new DataKey(tenant, key(connection, tenant));
    }

    /** The tenant's data key for downloads, in the tenant's transaction. */
    public DownloadKey ofDownloads(Connection connection, TenantId tenant) throws SQLException {
        return new DownloadKey(tenant, key(connection, tenant));
    }

    private SecretOctets key(Connection connection, TenantId tenant) throws SQLException {
        SecretOctets kept = find(tenant);
        if (kept != null) {
            return kept;
        }
        Octets wrapped = KeyTable.tenantKey(connection, role, tenant).orElse(null);
        if (wrapped == null) {
            KeyTable.offerTenantKey(connection, role, tenant, master.wrap(AesGcm.newKey(), binding(tenant)));
            // Not kept before it is committed, and another process may have been faster.
            Octets winner = KeyTable.tenantKey(connection, role, tenant).orElseThrow();
            return master.unwrap(winner, binding(tenant));
        }
        SecretOctets key = master.unwrap(wrapped, binding(tenant));
        keep(tenant, key);
        return key;
    }

    private synchronized @Nullable SecretOctets find(TenantId tenant) {
        return open.get(tenant);
    }

    private synchronized void keep(TenantId tenant, SecretOctets key) {
        open.put(tenant, key);
        if (open.size() > KEPT) {
            // Not wiped: a slice of that tenant may be using it right now.
            open.remove(open.keySet().iterator().next());
        }
    }

    private String binding(TenantId tenant) {
        return (role.equals(TransportKey.SM_SR) ? "tenant-key/" : "sm-dp-tenant-key/") + tenant;
    }
}
