package io.godwit.cli.platform;

import io.godwit.cli.registry.RegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who calls this machine's registry when the command itself does: a tenant's operator, or that of profiles, made known first. */
public final class Operator {
    private static final Duration VALIDITY = Duration.ofHours(24);

    private Operator() {}

    /** Creates {@code tenant} where it is missing, and gives a client that acts as its operator. */
    public static RegistryClient of(Installation installation, String tenant) {
        ofPlatform(installation, tenant).createTenant(tenant);
        return client(installation, tenant, "operator");
    }

    /** A client that acts for the platform itself, which keeps the tenants. */
    public static RegistryClient ofPlatform(Installation installation, String tenant) {
        return client(installation, tenant, "platform-admin");
    }

    private static RegistryClient client(Installation installation, String tenant, String role) {
        return new RegistryClient(
                installation.registryUri(), installation.tokens().token("godwit-cli", tenant, List.of(role), VALIDITY));
    }

    /** A client that acts as {@code owner}, an operator of profiles on cards of {@code tenant}, which is there. */
    public static RegistryClient ofProfiles(Installation installation, String tenant, String owner) {
        return new RegistryClient(
                installation.registryUri(),
                installation
                        .tokens()
                        .token("godwit-cli", tenant, List.of("profile-owner"), Optional.of(owner), VALIDITY));
    }
}
