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
 * each would make it the bottleneck. Card keys are not kept.
 */
public final class TenantKeys {
    private static final int KEPT = 256;

    private final MasterKey master;
    private final Map<TenantId, SecretOctets> open = new LinkedHashMap<>(16, 0.75f, true);

    public TenantKeys(MasterKey master) {
        this.master = master;
    }

    /** The tenant's data key, in the tenant's transaction. */
    public DataKey of(Connection connection, TenantId tenant) throws SQLException {
        SecretOctets kept = find(tenant);
        if (kept != null) {
            return new DataKey(tenant, kept);
        }
        Octets wrapped = KeyTable.tenantKey(connection, tenant).orElse(null);
        if (wrapped == null) {
            KeyTable.offerTenantKey(connection, tenant, master.wrap(AesGcm.newKey(), binding(tenant)));
            // Not kept before it is committed, and another process may have been faster.
            Octets winner = KeyTable.tenantKey(connection, tenant).orElseThrow();
            return new DataKey(tenant, master.unwrap(winner, binding(tenant)));
        }
        SecretOctets key = master.unwrap(wrapped, binding(tenant));
        keep(tenant, key);
        return new DataKey(tenant, key);
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

    private static String binding(TenantId tenant) {
        return "tenant-key/" + tenant;
    }
}
