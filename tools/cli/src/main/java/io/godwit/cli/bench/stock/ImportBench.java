package io.godwit.cli.bench.stock;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.Carrier;
import io.godwit.local.ComponentUsage;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An import of many subscriptions, through REST into the SM-DP's stock, with or without kills in its middle. */
public final class ImportBench {
    private static final int CHUNK = 1000;
    private static final long DOWN_MILLIS = 2000;
    private static final long RETRY_MILLIS = 500;
    private static final int MOST_SERIES = 100_000;

    private final Installation installation;
    private final RegistryClient registry;
    private final TenantId tenant;
    private final PrintWriter out;

    public ImportBench(Installation installation, RegistryClient registry, TenantId tenant, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.out = out;
    }

    /**
     * Imports {@code count} subscriptions and prints what it took.
     *
     * @param kill whether provisioning-service and then registry-service are killed in the middle; what was not answered is sent
     *     again, as a carrier would
     * @return whether each of them is in stock at the end, once
     */
    public boolean run(int count, int octets, boolean kill) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(installation.home(), "carrier-");
        // Numbers that no run before has brought to the same platform.
        int series = (int) (System.currentTimeMillis() / 1000 % MOST_SERIES);
        Carrier carrier = new Carrier(installation, tenant, series, octets, folder);
        carrier.bringTemplate();
        say("Making %d subscriptions, encrypted for the SM-DP; that is the carrier's work and not measured ...", count);
        Path lines = folder.resolve("subscriptions.ndjson");
        for (int made = 0; made < count; made += CHUNK) {
            Files.write(lines, carrier.make(Math.min(CHUNK, count - made)), CREATE, APPEND);
        }
        Map<String, Long> before = processorTime();
        say("Importing them%s ...", kill ? ", with kill -9 of each service in the middle" : "");
        long start = System.nanoTime();
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (int from = 0; from < count; from += CHUNK) {
                if (kill && from == count / 3 / CHUNK * CHUNK) {
                    strike(Installation.PROVISIONING);
                } else if (kill && from == count * 2 / 3 / CHUNK * CHUNK) {
                    strike(Installation.REGISTRY);
                }
                send(carrier.template(), reader.lines().limit(CHUNK).toList());
            }
        }
        double accepted = seconds(start);
        carrier.awaitImported();
        double imported = seconds(start);
        say(
                "   %d lines (%.1f MB) accepted by REST in %.1f s, in stock after %.1f s: %.0f a second",
                count, Files.size(lines) / 1e6, accepted, imported, count / imported);
        if (!kill) {
            usage().forEach((name, usage) -> say(
                    "   %-24s %.2f ms of CPU a subscription, %d MB at the end",
                    name,
                    (usage.cpuMillis() - before.getOrDefault(name, 0L)) / (double) count,
                    usage.residentKilobytes() / 1000));
        }
        return isWhole(carrier, count);
    }

    private void strike(String component) throws InterruptedException {
        say("   kill -9 %s, back after %d ms", component, DOWN_MILLIS);
        installation.kill(component);
        Thread restarting = new Thread(
                () -> {
                    try {
                        Thread.sleep(DOWN_MILLIS);
                        installation.restart(component);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "restart");
        restarting.setDaemon(true);
        restarting.start();
    }

    /** What is there already is refused, and that is as good: it was sent before the connection broke. */
    private void send(String template, List<String> lines) throws InterruptedException {
        long refused = 0;
        for (boolean done = false; !done; ) {
            long[] problems = new long[1];
            try {
                registry.importSubscriptions(
                        template,
                        lines,
                        answer -> problems[0] += answer.object("problem")
                                        .filter(problem ->
                                                problem.number("status").orElse(0L) != 409)
                                        .isPresent()
                                ? 1
                                : 0);
                done = problems[0] == 0;
            } catch (RegistryException e) {
                done = false;
            }
            if (!done) {
                refused++;
                if (refused > 600) {
                    throw new RegistryException(0, "the registry does not take the lines");
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private boolean isWhole(Carrier carrier, int count) {
        List<Json.Obj> all = registry.subscriptions(carrier.template());
        Set<String> iccids = new HashSet<>();
        all.forEach(one -> iccids.add(one.text("iccid").orElse("")));
        Json.Obj states = carrier.stock();
        boolean whole = iccids.size() == count
                && all.size() == count
                && states.number("Available").orElse(0L) == count;
        say("   in stock: %s; each of the %d once: %s", states.members(), count, whole ? "yes" : "NO");
        return whole;
    }

    private Map<String, Long> processorTime() {
        Map<String, Long> millis = new LinkedHashMap<>();
        usage().forEach((name, usage) -> millis.put(name, usage.cpuMillis()));
        return millis;
    }

    private Map<String, ComponentUsage> usage() {
        Map<String, ComponentUsage> usage = new LinkedHashMap<>();
        installation.usage().forEach(one -> usage.put(one.name(), one));
        return usage;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
