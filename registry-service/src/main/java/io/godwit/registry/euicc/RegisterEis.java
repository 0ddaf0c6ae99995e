package io.godwit.registry.euicc;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;

/** ES1 RegisterEIS for a batch of cards in one transaction: each has its own result, and none spoils another's. */
@ApplicationScoped
public class RegisterEis {
    private static final int ATTEMPTS = 3;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DEADLOCK = "40P01";

    private final TenantTransaction transactions;
    private final DeviceSecrets secrets;

    public RegisterEis(TenantTransaction transactions, DeviceSecrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    /**
     * Registers a batch; no EID, nid or ICCID stands in it twice.
     *
     * @return a result for each, in their order
     */
    List<RegistrationResult> register(TenantId tenant, String requester, List<Registration> batch) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.in(
                        tenant, connection -> new RegistrationBatch(connection, tenant, requester, secrets).run(batch));
            } catch (SQLException e) {
                // Somebody registered the same nid or number at this moment: the next look will see it.
                boolean raced = UNIQUE_VIOLATION.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
                if (!raced || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
