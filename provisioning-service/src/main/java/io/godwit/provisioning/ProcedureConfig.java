package io.godwit.provisioning;

import io.godwit.provisioning.procedure.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The rules of procedures; {@link Rules} says what each number does. */
@ConfigMapping(prefix = "godwit.procedure")
public interface ProcedureConfig {
    @WithDefault("10s")
    Duration firstRetry();

    @WithDefault("5m")
    Duration longestRetry();

    @WithDefault("5")
    int silentSends();

    @WithDefault("3")
    int retries();

    @WithDefault("6m")
    Duration notificationPatience();

    @WithDefault("24h")
    Duration clientValidity();

    @WithDefault("30d")
    Duration settleValidity();

    @WithDefault("1500ms")
    Duration resendAfter();

    @WithDefault("32768")
    int largestMessage();

    @WithDefault("0")
    int counterEpoch();

    default Rules toRules() {
        return new Rules(
                firstRetry(),
                longestRetry(),
                silentSends(),
                retries(),
                notificationPatience(),
                clientValidity(),
                settleValidity(),
                resendAfter(),
                largestMessage(),
                counterEpoch());
    }
}
