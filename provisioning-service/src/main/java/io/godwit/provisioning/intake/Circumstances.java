package io.godwit.provisioning.intake;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.provisioning.keys.Signing;
import io.godwit.provisioning.keys.TenantKeys;
import io.godwit.provisioning.keys.TransportKey;
import io.godwit.provisioning.procedure.Rules;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;

/** What every piece of work of the interpreter needs: the database, the keys, the time, chance, the rules. */
public record Circumstances(
        TenantTransaction transactions,
        TenantKeys keys,
        TransportKey transportKey,
        Signing signing,
        Clock clock,
        DoubleSupplier chance,
        Rules rules,
        Meters meters) {
    /** In whole milliseconds, so that what is read back equals what was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
