package io.godwit.local;

import static java.util.Objects.requireNonNull;

import io.godwit.local.hivemq.BrokerNames;
import io.godwit.local.process.Lifetime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which platform to run, and where.
 *
 * @param home everything that it keeps; one platform a home
 * @param cache programs laid out as files, shared by all homes
 * @param parts what it consists of
 * @param ports by component name; what is missing, or 0, is chosen and remembered
 * @param brokers how many HiveMQ nodes there are, 1 to {@value BrokerNames#MOST}, or {@link #AS_BEFORE}
 * @param lifetime whether the processes outlive this JVM
 */
public record PlatformSettings(
        Path home, Path cache, Set<Part> parts, Map<String, Integer> ports, int brokers, Lifetime lifetime) {
    /** As many HiveMQ nodes as the home had the last time; one in a new home. */
    public static final int AS_BEFORE = 0;

    public PlatformSettings {
        requireNonNull(home, "home is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(lifetime, "lifetime is null");
        parts = Set.copyOf(parts);
        ports = Map.copyOf(ports);
        if (brokers < AS_BEFORE || brokers > BrokerNames.MOST) {
            throw new IllegalArgumentException("brokers: 1 to " + BrokerNames.MOST + " expected");
        }
    }

    /** The user's own platform: in GODWIT_HOME or {@code ~/.godwit/local}, whole, detached, durable, on any free ports. */
    public static PlatformSettings ofUser() {
        return in(fromEnvironment("GODWIT_HOME").orElseGet(() -> userFolder().resolve("local")));
    }

    /** The same in another folder. */
    public static PlatformSettings in(Path home) {
        Path cache =
                fromEnvironment("GODWIT_CACHE").orElseGet(() -> userFolder().resolve("cache"));
        return new PlatformSettings(home, cache, Set.of(Part.values()), Map.of(), AS_BEFORE, Lifetime.DETACHED);
    }

    /** The same with these parts only. */
    public PlatformSettings with(Part... wanted) {
        return new PlatformSettings(home, cache, Set.of(wanted), ports, brokers, lifetime);
    }

    /** The same on these ports, by component name. */
    public PlatformSettings on(Map<String, Integer> wanted) {
        return new PlatformSettings(home, cache, parts, wanted, brokers, lifetime);
    }

    /** The same with so many HiveMQ nodes behind one address, or {@link #AS_BEFORE}. */
    public PlatformSettings withBrokers(int wanted) {
        return new PlatformSettings(home, cache, parts, ports, wanted, lifetime);
    }

    /** The same, ending with this JVM. */
    public PlatformSettings owned() {
        return new PlatformSettings(home, cache, parts, ports, brokers, Lifetime.OWNED);
    }

    /** The same, ending with this JVM, and its home with it. */
    public PlatformSettings fleeting() {
        return new PlatformSettings(home, cache, parts, ports, brokers, Lifetime.FLEETING);
    }

    private static Optional<Path> fromEnvironment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Path userFolder() {
        return Path.of(System.getProperty("user.home"), ".godwit");
    }
}
