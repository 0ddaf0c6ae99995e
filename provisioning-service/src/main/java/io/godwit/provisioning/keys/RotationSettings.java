package io.godwit.provisioning.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When keys are replaced.
 *
 * @param transportMaxAge how long a transport key is the current one
 * @param transportNotBefore transport keys that were made before are void; empty: none
 * @param dataMaxAge how long a data key of a tenant is the current one; empty: for ever, since replicas of a version that cannot
 *     have it replaced may be running
 * @param lookEvery how soon a process notices that a key is due, or that another process has replaced it
 */
public record RotationSettings(
        Duration transportMaxAge,
        Optional<Instant> transportNotBefore,
        Optional<Duration> dataMaxAge,
        Duration lookEvery) {
    public RotationSettings {
        check("godwit.keys.transport-max-age", transportMaxAge);
        check("godwit.keys.look-every", lookEvery);
        dataMaxAge.ifPresent(age -> check("godwit.keys.data-max-age", age));
    }

    private static void check(String name, Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(name + ": a second at least");
        }
    }
}
