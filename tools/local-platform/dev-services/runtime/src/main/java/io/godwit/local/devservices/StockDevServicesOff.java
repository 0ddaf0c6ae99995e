package io.godwit.local.devservices;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Switches Quarkus' containers for PostgreSQL and Kafka off where the local platform provides them: both at once would fail for want of a runtime. */
public final class StockDevServicesOff implements ConfigSourceFactory {
    /** Below application.properties: whoever switches something on means it. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (context.getProfiles().contains("prod")) {
            return List.of();
        }
        Optional<String> configured = Optional.ofNullable(context.getValue(DevServicesProvider.PROPERTY))
                .map(ConfigValue::getValue);
        return switch (DevServicesProvider.choose(configured)) {
            case STOCK -> List.of();
            case LOCAL ->
                List.of(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.datasource.devservices.enabled", "false",
                                "quarkus.kafka.devservices.enabled", "false"),
                        "Godwit Dev Services",
                        ORDINAL));
        };
    }
}
