package io.godwit.provisioning.intake;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.provisioning.keys.Signing;
import io.godwit.provisioning.keys.SmDpRole;
import io.godwit.provisioning.keys.TenantKeys;
import io.godwit.provisioning.keys.TransportKeyRing;
import io.godwit.provisioning.procedure.Rules;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;

/**
 * What every piece of work of the interpreter needs: the database, the keys, the time, chance, the rules.
 *
 * @param signing what the service signs with, and whom it believes
 * @param smDp what the SM-DP has of its own
 * @param repliesPerSecond so many answers to a group's message are wanted in a second, so that it knows how long members
 *     may wait with theirs
 */
public record Circumstances(
        TenantTransaction transactions,
        TenantKeys keys,
        TransportKeyRing transportKeys,
        Signing signing,
        SmDpRole smDp,
        Clock clock,
        DoubleSupplier chance,
        Rules rules,
        int repliesPerSecond,
        Meters meters) {
    /** Milliseconds within which so many members answer, 600,000 at most. */
    int replyWithin(int members) {
        return (int) Math.min(600_000L, members * 1000L / repliesPerSecond);
    }

    /** In whole milliseconds, so that what is read back equals what was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
