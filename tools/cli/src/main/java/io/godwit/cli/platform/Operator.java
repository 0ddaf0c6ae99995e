package io.godwit.cli.platform;

import io.godwit.cli.registry.RegistryClient;
import java.time.Duration;
import java.util.List;

/** Who calls this machine's registry when the command itself does: a tenant's operator, made known first. */
public final class Operator {
    private static final Duration VALIDITY = Duration.ofHours(24);

    private Operator() {}

    /** Creates {@code tenant} where it is missing, and gives a client that acts as its operator. */
    public static RegistryClient of(Installation installation, String tenant) {
        TokenIssuer tokens = installation.tokens();
        new RegistryClient(
                        installation.registryUri(),
                        tokens.token("godwit-cli", tenant, List.of("platform-admin"), VALIDITY))
                .createTenant(tenant);
        return new RegistryClient(
                installation.registryUri(), tokens.token("godwit-cli", tenant, List.of("operator"), VALIDITY));
    }
}
