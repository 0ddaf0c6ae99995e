package io.godwit.local.devservices.deployment;

import io.godwit.local.Part;
import io.godwit.local.access.Credentials;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.access.KafkaAccess;
import io.godwit.local.devservices.DevServicesProvider;
import io.godwit.local.postgres.Database;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gives a service that is tested or developed what it uses and was not configured with. */
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
class LocalDevServicesProcessor {
    private static final String FEATURE = "godwit-dev-services";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    void postgres(
            LocalDevServicesConfig config,
            Capabilities capabilities,
            BuildProducer<DevServicesResultBuildItem> services) {
        boolean wanted = isLocal(config)
                && capabilities.isPresent(Capability.AGROAL)
                && !ConfigUtils.isPropertyPresent("quarkus.datasource.jdbc.url");
        if (wanted) {
            Database database = config.database();
            services.produce(DevServicesResultBuildItem.owned()
                    .feature(FEATURE)
                    .serviceName("postgres")
                    .serviceConfig(database.databaseName())
                    .startable(() -> new LocalService(Part.POSTGRES))
                    .configProvider(postgresConfig(database))
                    .build());
        }
    }

    @BuildStep
    void kafka(
            LocalDevServicesConfig config,
            Capabilities capabilities,
            BuildProducer<DevServicesResultBuildItem> services) {
        boolean wanted = isLocal(config)
                && capabilities.isPresent(Capability.KAFKA)
                && !ConfigUtils.isPropertyPresent("kafka.bootstrap.servers");
        if (wanted) {
            services.produce(DevServicesResultBuildItem.owned()
                    .feature(FEATURE)
                    .serviceName("kafka")
                    .serviceConfig("one node")
                    .startable(() -> new LocalService(Part.KAFKA))
                    .configProvider(Map.of(
                            "kafka.bootstrap.servers", kafka("bootstrap.servers"),
                            "kafka.security.protocol", kafka("security.protocol"),
                            "kafka.sasl.mechanism", kafka("sasl.mechanism"),
                            "kafka.sasl.jaas.config", kafka("sasl.jaas.config")))
                    .build());
        }
    }

    private static boolean isLocal(LocalDevServicesConfig config) {
        return DevServicesProvider.choose(Optional.of(config.provider())) == DevServicesProvider.LOCAL;
    }

    /** The service logs in as the plain role, Flyway as the owner; whatever else logs in takes the dispatcher's. */
    private static Map<String, Function<LocalService, String>> postgresConfig(Database database) {
        Function<LocalService, DatabaseAccess> access =
                service -> service.platform().database(database);
        Function<LocalService, String> url = access.andThen(DatabaseAccess::jdbcUrl);
        Function<LocalService, Credentials> owner = access.andThen(DatabaseAccess::owner);
        Function<LocalService, Credentials> application = access.andThen(DatabaseAccess::application);
        Function<LocalService, Credentials> dispatcher = access.andThen(DatabaseAccess::dispatcher);
        return Map.of(
                "quarkus.datasource.jdbc.url", url,
                "quarkus.datasource.username", application.andThen(Credentials::user),
                "quarkus.datasource.password", application.andThen(Credentials::password),
                "quarkus.flyway.jdbc-url", url,
                "quarkus.flyway.username", owner.andThen(Credentials::user),
                "quarkus.flyway.password", owner.andThen(Credentials::password),
                "godwit.local.dispatcher.username", dispatcher.andThen(Credentials::user),
                "godwit.local.dispatcher.password", dispatcher.andThen(Credentials::password),
                "godwit.local.jdbc-url", url);
    }

    private static Function<LocalService, String> kafka(String name) {
        Function<LocalService, KafkaAccess> access =
                service -> service.platform().kafka();
        return access.andThen(kafka -> kafka.clientProperties().getOrDefault(name, ""));
    }
}
