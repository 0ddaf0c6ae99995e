package io.godwit.provisioning;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The SM-SR's own key; {@link io.godwit.provisioning.keys.SigningSettings} says what each file is. */
@ConfigMapping(prefix = "godwit.signing")
public interface SigningConfig {
    Optional<Path> keyFile();

    Optional<Path> certificateFile();
}
