package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.JsonWriter;
import java.time.Instant;

/**
 * A presence record on {@code to-sm-sr}. The device it speaks of stands in the record's headers; the order of records in
 * the partition decides.
 */
public sealed interface PresenceRecord {
    Instant at();

    /** The broker node, stable over its restarts. */
    String node();

    /** One run of that node. */
    String boot();

    /** The device has subscribed to {@code To_eUICC}: it can be served. */
    record Online(Instant at, String node, String boot, String connection) implements PresenceRecord {}

    /** That connection is gone. It says nothing about another connection of the device. */
    record Offline(Instant at, String node, String boot, String connection) implements PresenceRecord {}

    /** The node has started; written to every partition. Voids what older boots of the node said. */
    record NodeStarted(Instant at, String node, String boot) implements PresenceRecord {}

    default Octets encode() {
        if (this instanceof Online online) {
            return write("online", online.connection());
        }
        return this instanceof Offline offline ? write("offline", offline.connection()) : write("node-started", null);
    }

    private Octets write(String kind, @org.jspecify.annotations.Nullable String connection) {
        return JsonWriter.write(Fields.versioned(kind)
                .put("at", at().toString())
                .put("node", node())
                .put("boot", boot())
                .put("connection", connection)
                .build());
    }

    /** @throws MalformedRecordException when {@code payload} is not a presence record of a known version */
    static PresenceRecord decode(Octets payload) {
        Fields fields = Fields.ofRecord(payload);
        Instant at = fields.instant("at");
        String node = fields.text("node");
        String boot = fields.text("boot");
        return switch (fields.text("kind")) {
            case "online" -> new Online(at, node, boot, fields.text("connection"));
            case "offline" -> new Offline(at, node, boot, fields.text("connection"));
            case "node-started" -> new NodeStarted(at, node, boot);
            default -> throw new MalformedRecordException("kind", "online, offline or node-started expected");
        };
    }
}
