package io.godwit.provisioning;

import io.godwit.provisioning.intake.OrderSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How records and orders are taken in. */
@ConfigMapping(prefix = "godwit.intake")
public interface IntakeConfig {
    /** The most records that one poll takes, and so the largest slice. */
    @WithDefault("1000")
    int maxPollRecords();

    /** How long a record waits for others that share its transaction, at most. */
    @WithDefault("20ms")
    Duration fetchWait();

    /** How soon a new topic set is found. */
    @WithDefault("5s")
    Duration topicRefresh();

    /** Members of a group that get their procedure in one transaction. */
    @WithDefault("500")
    int expansionChunk();

    /** How long an order waits for the fleet that it presupposes. */
    @WithDefault("10m")
    Duration parkedPatience();

    default OrderSettings toSettings() {
        return new OrderSettings(expansionChunk(), parkedPatience());
    }
}
