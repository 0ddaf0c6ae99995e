package io.godwit.provisioning;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the database answers, Kafka answers, and partitions of the service's topics are being read. */
@Readiness
@ApplicationScoped
public class ServiceReadiness implements HealthCheck {
    private final AgroalDataSource dataSource;
    private final Provisioning provisioning;

    ServiceReadiness(AgroalDataSource dataSource, Provisioning provisioning) {
        this.dataSource = dataSource;
        this.provisioning = provisioning;
    }

    @Override
    public HealthCheckResponse call() {
        boolean database = hasDatabase();
        boolean intake = provisioning.isReading();
        return HealthCheckResponse.named("provisioning")
                .withData("database", database)
                .withData("intake", intake)
                .status(database && intake)
                .build();
    }

    private boolean hasDatabase() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }
}
