package io.godwit.provisioning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Group mode. */
@ConfigMapping(prefix = "godwit.group")
public interface GroupConfig {
    /** So many answers to a group's message are wanted in a second: members wait with theirs accordingly. */
    @WithDefault("2000")
    int repliesPerSecond();
}
