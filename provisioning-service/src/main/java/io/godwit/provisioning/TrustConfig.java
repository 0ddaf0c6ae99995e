package io.godwit.provisioning;

import io.godwit.provisioning.keys.SigningSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whom the SM-SR believes; {@link SigningSettings} says what each is. */
@ConfigMapping(prefix = "godwit.trust")
public interface TrustConfig {
    Optional<List<Path>> ciFiles();

    @WithDefault("false")
    boolean testMode();

    /** These anchors with that key. */
    default SigningSettings with(SigningConfig signing) {
        return new SigningSettings(
                signing.keyFile(), signing.certificateFile(), ciFiles().orElse(List.of()), testMode());
    }
}
