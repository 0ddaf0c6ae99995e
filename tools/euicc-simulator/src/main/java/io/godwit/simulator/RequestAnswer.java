package io.godwit.simulator;

import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import org.jspecify.annotations.Nullable;

/** What the SM-SR has answered to a device's own request. */
public sealed interface RequestAnswer {
    /**
     * It has a ticket.
     *
     * @param operation the id under which the registry reports what follows
     * @param stage granted, waiting for approval, or quiet
     */
    record Accepted(String operation, TicketStage stage) implements RequestAnswer {
        /** What is granted at once. */
        public Accepted(String operation) {
            this(operation, TicketStage.GRANTED);
        }
    }

    /** @param code short and stable; {@code null} where the device itself did not ask, or the SM-SR has none */
    record Refused(String reason, @Nullable String code) implements RequestAnswer {
        public Refused(String reason) {
            this(reason, null);
        }
    }

    /** The old device leaves its profile to this one (flow E). */
    record Agreed(String ticket) implements RequestAnswer {}

    /** As the fleet's console prints it. */
    static Json.Obj toJson(RequestAccepted accepted) {
        return Json.object()
                .put("status", "accepted")
                .put("operation", accepted.operation())
                .put("state", accepted.stage().literal())
                .put("until", accepted.until() == null ? null : accepted.until().toString())
                .put("place", accepted.place())
                .build();
    }

    static Json.Obj toJson(RequestRefused refused) {
        return Json.object()
                .put("status", "refused")
                .put("reason", refused.reason())
                .put("code", refused.code())
                .put(
                        "retryAt",
                        refused.retryAt() == null ? null : refused.retryAt().toString())
                .build();
    }

    static Json.Obj toJson(ReplacementAnswer answer) {
        String refusal = answer.refusal();
        return refusal == null
                ? Json.object()
                        .put("status", "agreed")
                        .put("ticket", answer.ticket())
                        .build()
                : Json.object().put("status", "refused").put("reason", refusal).build();
    }

    static RequestAnswer fromJson(Fields fields) {
        return switch (fields.text("status")) {
            case "accepted" -> new Accepted(fields.text("operation"), fields.value("state", TicketStage::of));
            case "agreed" -> new Agreed(fields.text("ticket"));
            default ->
                new Refused(fields.text("reason"), fields.findText("code").orElse(null));
        };
    }
}
