package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A result for people, and where to look next. */
public final class DemoReport {
    private DemoReport() {}

    public static void print(DemoResult result, PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "Cards       %d, succeeded %d, failed %d%n",
                result.cards(),
                result.succeeded(),
                result.failed());
        out.println("Outcomes    "
                + result.outcomes().entrySet().stream()
                        .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                        .collect(Collectors.joining(", ")));
        out.printf(
                Locale.ROOT,
                "Time        %.1f s from the order to the last outcome by REST, %.0f cards/s%n",
                result.seconds(),
                result.cards() / result.seconds());
        out.println("Messages    "
                + result.publishes().entrySet().stream()
                        .map(step -> step.getKey() + " " + step.getValue())
                        .collect(Collectors.joining("  ")));
        out.println("CPU, ms a card  "
                + result.cpuMillisPerCard().entrySet().stream()
                        .map(process -> String.format(Locale.ROOT, "%s %.1f", process.getKey(), process.getValue()))
                        .collect(Collectors.joining("  ")));
        out.println("EIS = card  "
                + (result.mismatches().isEmpty() ? "yes, for every card" : "NO: " + result.mismatches()));
        out.println("Flow D      " + (result.requestGranted() ? "granted, and done" : "NOT done"));
        out.flush();
    }

    /** What to look at: now where it stays up, next time with {@code --keep} otherwise. */
    public static void printWhereToLook(Installation installation, boolean staysUp, PrintWriter out) {
        String jdbc = installation
                .platform()
                .database(io.godwit.local.postgres.Database.PROVISIONING)
                .jdbcUrl();
        out.println();
        out.println(staysUp ? "It goes on running. Where to look:" : "Where to look, with ./godwit demo --keep:");
        out.println("  REST  curl -H \"Authorization: Bearer $(./godwit token)\" " + installation.registryUri()
                + "/v1/operations");
        out.println("  SQL   PGPASSWORD=... psql \"" + jdbc.replaceFirst("^jdbc:", "") + "\" -U "
                + installation.platform().databaseAdministrator().user() + "   (passwords: "
                + installation.home().resolve("secrets.properties") + ")");
        out.println("  Kafka kcat -b " + installation.platform().kafka().bootstrapServers()
                + " -X security.protocol=SASL_PLAINTEXT -X sasl.mechanism=PLAIN -X sasl.username="
                + installation.platform().kafka().credentials().user()
                + " -X sasl.password=... -C -t godwit.shared.events");
        out.println("  MQTT  mosquitto_sub -h " + installation.mqtt().host() + " -p "
                + installation.mqtt().port() + " -q 1 -u demo/<nid> -P <device secret> -t To_eUICC");
        out.println("  stop  ./godwit down");
        out.flush();
    }
}
