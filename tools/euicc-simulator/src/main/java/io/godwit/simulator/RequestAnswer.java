package io.godwit.simulator;

import io.godwit.protocol.record.Fields;

/** What the SM-SR has answered to a device's own request. */
public sealed interface RequestAnswer {
    /** @param operation the id under which the registry reports what follows */
    record Accepted(String operation) implements RequestAnswer {}

    record Refused(String reason) implements RequestAnswer {}

    static RequestAnswer fromJson(Fields fields) {
        return fields.text("status").equals("accepted")
                ? new Accepted(fields.text("operation"))
                : new Refused(fields.text("reason"));
    }
}
