package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.local.postgres.Database;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import java.io.PrintWriter;

/**
 * Lines to copy, for people who want to look into a platform.
 *
 * @param homeOption what every godwit command needs to find it, with a blank before; may be empty
 */
public record WhereToLook(Installation installation, String homeOption, PrintWriter out) {
    /** While it runs; {@code spare} is the card for a client of their own. */
    public void now(String sentence, SpareCard spare) {
        out.println();
        out.println(sentence + " Where to look:");
        servers();
        out.println("  MQTT  mosquitto_sub -h " + installation.mqtt().host() + " -p "
                + installation.mqtt().port() + " -q 1 -u " + spare.userName() + " -P \"$(cat " + spare.secretFile()
                + ")\" -t To_eUICC");
        out.println(
                "        (" + spare.nid() + " is a card that no device of ours plays; this orders something for it:)");
        String order = JsonWriter.write(Json.object()
                        .put("function", Demo.ENABLE_OPERATIONAL)
                        .put("nid", spare.nid().value())
                        .build())
                .toUtf8();
        out.println("        curl " + bearer() + " -H 'Content-Type: application/json' -d '" + order + "' "
                + installation.registryUri() + "/v1/operations");
        out.println("  stop  ./godwit down" + homeOption);
        out.flush();
    }

    /** When all of it has been stopped: what it would be like. */
    public void nextTime() {
        out.println();
        out.println("Where to look, with ./godwit demo --keep:");
        servers();
        out.println("  MQTT  mosquitto_sub -h " + installation.mqtt().host() + " -p "
                + installation.mqtt().port() + " ... as a card that is enrolled for it and told then");
        out.flush();
    }

    private void servers() {
        String jdbc = installation.platform().database(Database.PROVISIONING).jdbcUrl();
        out.println("  REST  curl " + bearer() + " " + installation.registryUri() + "/v1/operations");
        out.println("  SQL   PGPASSWORD=... psql \"" + jdbc.replaceFirst("^jdbc:", "") + "\" -U "
                + installation.platform().databaseAdministrator().user() + "   (passwords: "
                + installation.home().resolve("secrets.properties") + ")");
        out.println("  Kafka kcat -b " + installation.platform().kafka().bootstrapServers()
                + " -X security.protocol=SASL_PLAINTEXT -X sasl.mechanism=PLAIN -X sasl.username="
                + installation.platform().kafka().credentials().user()
                + " -X sasl.password=... -C -t godwit.shared.events");
    }

    private String bearer() {
        return "-H \"Authorization: Bearer $(./godwit token" + homeOption + ")\"";
    }
}
