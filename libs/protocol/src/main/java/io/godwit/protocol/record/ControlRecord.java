package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.JsonWriter;

/**
 * A control record on {@code to-euicc}, for broker nodes and not for devices: the node shall close a connection that a
 * newer one on another node has superseded. The device stands in the record's headers.
 */
public record ControlRecord(String node, String boot, String connection) {
    public Octets encode() {
        return JsonWriter.write(Fields.versioned("close-connection")
                .put("node", node)
                .put("boot", boot)
                .put("connection", connection)
                .build());
    }

    /** @throws MalformedRecordException when {@code payload} is not a control record of a known version */
    public static ControlRecord decode(Octets payload) {
        Fields fields = Fields.ofRecord(payload);
        if (!fields.text("kind").equals("close-connection")) {
            throw new MalformedRecordException("kind", "close-connection expected");
        }
        return new ControlRecord(fields.text("node"), fields.text("boot"), fields.text("connection"));
    }
}
