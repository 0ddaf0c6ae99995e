package io.godwit.local.devservices.deployment;

import io.godwit.local.postgres.Database;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Dev Services from the local platform. */
@ConfigMapping(prefix = "godwit.devservices")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface LocalDevServicesConfig {
    /** Who provides PostgreSQL and Kafka: "stock" (containers), "local", or "auto": stock where there is a container runtime. */
    @WithDefault("auto")
    String provider();

    /** Which of the platform's databases the service works on. */
    @WithDefault("registry")
    Database database();
}
