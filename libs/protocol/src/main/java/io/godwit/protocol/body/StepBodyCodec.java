package io.godwit.protocol.body;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.Refusal;
import io.godwit.protocol.Refusal.Reason;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.body.StepBody.GroupCommand;
import io.godwit.protocol.body.StepBody.GroupResult;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.ReplacementReceipt;
import io.godwit.protocol.body.StepBody.ReplacementRequest;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.body.StepBody.TicketGranted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.protocol.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads and writes the bodies of all steps. Reading never throws. */
public final class StepBodyCodec {
    private static final int MAX_ID = 64;
    private static final int MAX_TEXT = 200;
    private static final int MAX_REFUSAL = 64;
    private static final int MAX_CODE = 64;
    private static final long MAX_REPLY_WITHIN = 600_000;

    private StepBodyCodec() {}

    /** What reading a body came to. */
    public sealed interface Result {}

    /** The body. */
    public record Decoded(StepBody body) implements Result {}

    /** The body is refused. */
    public record Refused(Refusal refusal) implements Result {}

    /** Reads {@code body} as that of {@code step}. */
    public static Result decode(FlowStep step, Json.Obj body) {
        try {
            return new Decoded(read(step, body));
        } catch (BadBodyException e) {
            return new Refused(e.refusal);
        }
    }

    static Json.Obj toJson(StepBody body) {
        Json.ObjectBuilder json = Json.object().put("id", body.id());
        if (body instanceof Trigger trigger) {
            json.put("operation", trigger.operation());
            replyWithin(json, trigger.replyWithin());
        } else if (body instanceof TriggerResult result) {
            json.put("status", result.ready() ? "ready" : "refused").put("reason", result.reason());
        } else if (body instanceof Command command) {
            json.put("sequence", command.sequence())
                    .put("packet", command.packet().toBase64());
        } else if (body instanceof CommandResult result) {
            json.put("sequence", result.sequence())
                    .put("status", result.packet() == null ? "no-answer" : "answered")
                    .put(
                            "packet",
                            result.packet() == null ? null : result.packet().toBase64());
        } else if (body instanceof GroupCommand command) {
            json.put("package", command.groupPackage().toBase64());
            replyWithin(json, command.replyWithin());
        } else if (body instanceof GroupResult result) {
            json.put("packet", result.packet().toBase64());
        } else if (body instanceof ClientRequest request) {
            json.put("kind", "request").put("reason", request.reason());
        } else if (body instanceof CardNotification notification) {
            json.put("kind", "notification")
                    .put("packet", notification.packet().toBase64())
                    .put("attachRefused", notification.attachRefused());
        } else if (body instanceof ConfirmationResult result) {
            json.put("kind", "confirmation-result")
                    .put("packet", result.packet().toBase64());
        } else if (body instanceof RequestAccepted accepted) {
            json.put("status", "accepted")
                    .put("operation", accepted.operation())
                    .put("state", accepted.stage().literal())
                    .put("until", text(accepted.until()))
                    .put("place", accepted.place())
                    .put("trigger", accepted.trigger() ? Json.of(true) : null);
        } else if (body instanceof RequestRefused refused) {
            json.put("status", "refused")
                    .put("reason", refused.reason())
                    .put("code", refused.code())
                    .put("retryAt", text(refused.retryAt()));
        } else if (body instanceof Received received) {
            json.put("status", "received")
                    .put(
                            "packet",
                            received.packet() == null ? null : received.packet().toBase64());
        } else if (body instanceof TicketGranted granted) {
            json.put("status", "ticket")
                    .put("ticket", granted.ticket())
                    .put("until", granted.until().toString())
                    .put("signed", base64(granted.signed()));
        } else if (body instanceof ReplacementRequest request) {
            json.put("reason", request.reason())
                    .put(
                            "iccid",
                            request.iccid() == null ? null : request.iccid().digits())
                    .put("ticket", request.ticket())
                    .put("offer", base64(request.offer()));
        } else if (body instanceof ReplacementAnswer answer) {
            json.put("ticket", answer.ticket())
                    .put("status", answer.refusal() == null ? "agreed" : "refused")
                    .put("reason", answer.refusal())
                    .put("profile", base64(answer.profile()));
        } else if (body instanceof ReplacementReceipt receipt) {
            json.put("kind", "receipt")
                    .put("ticket", receipt.ticket())
                    .put("receipt", receipt.receipt().toBase64());
        }
        return json.build();
    }

    private static StepBody read(FlowStep step, Json.Obj body) {
        String id = text(body, "id", MAX_ID);
        return switch (step) {
            case A1 -> new Trigger(id, text(body, "operation", MAX_ID), replyWithin(body));
            case A2 ->
                switch (text(body, "status", 16)) {
                    case "ready" -> new TriggerResult(id, true, null);
                    case "refused" -> new TriggerResult(id, false, text(body, "reason", MAX_TEXT));
                    default -> throw bad("status", "use ready or refused");
                };
            case B1 -> new Command(id, sequence(body), packet(body));
            case B2 ->
                switch (text(body, "status", 16)) {
                    case "answered" -> new CommandResult(id, sequence(body), packet(body));
                    case "no-answer" -> new CommandResult(id, sequence(body), null);
                    default -> throw bad("status", "use answered or no-answer");
                };
            case D1 ->
                switch (text(body, "kind", 32)) {
                    case "request" -> new ClientRequest(id, text(body, "reason", MAX_TEXT));
                    case "notification" -> new CardNotification(id, packet(body), attachRefused(body));
                    case "confirmation-result" -> new ConfirmationResult(id, packet(body));
                    case "receipt" ->
                        new ReplacementReceipt(
                                id,
                                text(body, "ticket", MAX_ID),
                                octets(body, "receipt", "send the card's receipt in base64"));
                    default -> throw bad("kind", "use request, notification, confirmation-result or receipt");
                };
            case D2 ->
                switch (text(body, "status", 16)) {
                    case "accepted" -> accepted(id, body);
                    case "refused" ->
                        new RequestRefused(
                                id,
                                text(body, "reason", MAX_TEXT),
                                body.find("code").isEmpty() ? null : text(body, "code", MAX_CODE),
                                instant(body, "retryAt"));
                    case "received" -> new Received(id, body.find("packet").isPresent() ? packet(body) : null);
                    case "ticket" ->
                        new TicketGranted(
                                id,
                                text(body, "ticket", MAX_ID),
                                required(body, "until"),
                                optional(body, "signed", "send a ticket for a card in base64, or none"));
                    default -> throw bad("status", "use accepted, refused, received or ticket");
                };
            case C1 -> new GroupCommand(id, groupPackage(body), replyWithin(body));
            case C2 -> new GroupResult(id, packet(body));
            case E1 ->
                new ReplacementRequest(
                        id,
                        text(body, "reason", MAX_TEXT),
                        iccid(body),
                        ticket(body),
                        optional(body, "offer", "send the card's offer in base64, or none"));
            case E2 -> {
                String ticket = text(body, "ticket", MAX_ID);
                yield switch (text(body, "status", 16)) {
                    case "agreed" ->
                        new ReplacementAnswer(
                                id,
                                ticket,
                                null,
                                optional(body, "profile", "send the card's export in base64, or none"));
                    case "refused" -> new ReplacementAnswer(id, ticket, text(body, "reason", MAX_TEXT));
                    default -> throw bad("status", "use agreed or refused");
                };
            }
        };
    }

    /** An SM-SR of the version before says no more than the operation. */
    private static RequestAccepted accepted(String id, Json.Obj body) {
        String operation = text(body, "operation", 64);
        if (body.find("state").isEmpty()) {
            return new RequestAccepted(id, operation);
        }
        TicketStage stage =
                switch (text(body, "state", 32)) {
                    case "granted" -> TicketStage.GRANTED;
                    case "waiting-for-approval" -> TicketStage.WAITING;
                    case "quiet" -> TicketStage.QUIET;
                    default -> throw bad("state", "use granted, waiting-for-approval or quiet");
                };
        int place = body.number("place")
                .filter(number -> number >= 0 && number <= Integer.MAX_VALUE)
                .map(Long::intValue)
                .orElseThrow(() -> bad("place", "send a whole number from 0"));
        boolean trigger = body.find("trigger").orElse(null) instanceof Json.Bool bool && bool.value();
        return new RequestAccepted(id, operation, stage, instant(body, "until"), place, trigger);
    }

    /** Absent: none. */
    private static @Nullable Instant instant(Json.Obj body, String name) {
        return body.find(name).isEmpty() ? null : required(body, name);
    }

    private static Instant required(Json.Obj body, String name) {
        try {
            return Instant.parse(text(body, name, 40));
        } catch (DateTimeException e) {
            throw bad(name, "send an instant such as 2026-01-31T23:59:59Z");
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String text(Json.Obj body, String name, int maxLength) {
        String text = body.text(name).orElseThrow(() -> bad(name, "send a string"));
        if (text.isEmpty() || text.length() > maxLength) {
            throw bad(name, "send 1 to " + maxLength + " characters");
        }
        // What a device says is shown to people and stored by PostgreSQL, which cannot hold NUL: one such octet in a
        // reason would keep the outcome that tells it from ever being stored.
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw bad(name, "send no control characters");
        }
        return text;
    }

    /** Absent: no network has refused. */
    private static @Nullable String attachRefused(Json.Obj body) {
        return body.find("attachRefused").isEmpty() ? null : text(body, "attachRefused", MAX_REFUSAL);
    }

    /** Absent: the profile that is enabled. */
    private static @Nullable Iccid iccid(Json.Obj body) {
        if (body.find("iccid").isEmpty()) {
            return null;
        }
        try {
            return new Iccid(text(body, "iccid", MAX_ID));
        } catch (IllegalArgumentException e) {
            throw bad("iccid", "send an ICCID of 18 to 20 digits, or none for the profile that is enabled");
        }
    }

    /** Absent: one is asked for. */
    private static @Nullable String ticket(Json.Obj body) {
        return body.find("ticket").isEmpty() ? null : text(body, "ticket", MAX_ID);
    }

    private static long sequence(Json.Obj body) {
        return body.number("sequence")
                .filter(number -> number >= 0)
                .orElseThrow(() -> bad("sequence", "send a whole number from 0"));
    }

    private static @Nullable String base64(@Nullable Octets octets) {
        return octets == null ? null : octets.toBase64();
    }

    /** Absent: none. */
    private static @Nullable Octets optional(Json.Obj body, String name, String remedy) {
        return body.find(name).isEmpty() ? null : octets(body, name, remedy);
    }

    private static Octets packet(Json.Obj body) {
        return octets(body, "packet", "send an SCP80 packet in base64");
    }

    private static Octets groupPackage(Json.Obj body) {
        return octets(body, "package", "send a group package in base64");
    }

    private static Octets octets(Json.Obj body, String name, String remedy) {
        String base64 = body.text(name).orElseThrow(() -> bad(name, remedy));
        try {
            return Octets.fromBase64(base64);
        } catch (IllegalArgumentException e) {
            throw bad(name, remedy);
        }
    }

    /** Absent: at once. */
    private static int replyWithin(Json.Obj body) {
        if (body.find("replyWithin").isEmpty()) {
            return 0;
        }
        return body.number("replyWithin")
                .filter(millis -> millis >= 0 && millis <= MAX_REPLY_WITHIN)
                .map(Long::intValue)
                .orElseThrow(() -> bad("replyWithin", "send milliseconds from 0 to 600000"));
    }

    private static void replyWithin(Json.ObjectBuilder json, int millis) {
        json.put("replyWithin", millis == 0 ? null : Json.of(millis));
    }

    private static BadBodyException bad(String field, String remedy) {
        return new BadBodyException(new Refusal(Reason.BAD_VALUE, "body." + field, remedy));
    }

    /** Leaves the nested readers; caught in {@link #decode}, without a stack trace since it is an expected outcome. */
    private static final class BadBodyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        BadBodyException(Refusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }
    }
}
