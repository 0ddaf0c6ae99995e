package io.godwit.provisioning;

import io.godwit.provisioning.keys.RotationSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The master key, and when the keys under it are replaced; {@link RotationSettings} says what each does. */
@ConfigMapping(prefix = "godwit.keys")
public interface KeysConfig {
    Path masterKeyFile();

    @WithDefault("90d")
    Duration transportMaxAge();

    Optional<Instant> transportNotBefore();

    /** None by default: it must not be set before all replicas are of a version that knows it. */
    Optional<Duration> dataMaxAge();

    @WithDefault("10s")
    Duration lookEvery();

    default RotationSettings toSettings() {
        return new RotationSettings(transportMaxAge(), transportNotBefore(), dataMaxAge(), lookEvery());
    }
}
