package io.godwit.provisioning;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The keys of the SM-SR and of the SM-DP; {@link io.godwit.provisioning.keys.SigningSettings} says what each file is. */
@ConfigMapping(prefix = "godwit.signing")
public interface SigningConfig {
    Optional<Path> keyFile();

    Optional<Path> certificateFile();

    /** The SM-DP's own key; without it nothing is downloaded. */
    SmDp smDp();

    /** Where the SM-DP's key lies. */
    interface SmDp {
        Optional<Path> keyFile();

        Optional<Path> certificateFile();
    }
}
