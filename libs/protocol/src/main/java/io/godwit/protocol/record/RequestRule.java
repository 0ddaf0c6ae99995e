package io.godwit.protocol.record;

import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One rule of a {@link RequestPolicy}.
 *
 * @param reasons for which it is; empty: for all that no rule names
 * @param granted what the card gets; empty when, and only when, it is refused
 * @param quota when the rule says nothing of it, {@link RequestQuota#DEFAULT}
 * @param approvalWithin how long a request waits for an operator, a minute to 31 days
 */
public record RequestRule(
        List<RequestReason> reasons,
        Grant grant,
        Optional<Granted> granted,
        RequestQuota quota,
        Optional<QuietHours> quietHours,
        Trigger trigger,
        Duration approvalWithin) {
    /** Of a rule that says nothing of it. */
    public static final Duration APPROVAL_WITHIN = Duration.ofDays(7);

    private static final Duration LONGEST = Duration.ofDays(31);

    /** Who grants. */
    public enum Grant {
        AUTOMATIC,
        /** An operator. */
        APPROVAL,
        REFUSED;

        public String literal() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when {@code literal} is none of them */
        public static Grant of(String literal) {
            for (Grant grant : values()) {
                if (grant.literal().equals(literal)) {
                    return grant;
                }
            }
            throw new IllegalArgumentException("grant: use automatic, approval or refused");
        }
    }

    /** What opens the procedure. */
    public enum Trigger {
        /** The D2 itself: the card has just said that it is there. */
        D2,
        /** A trigger of its own, as for an order: the paper's full sequence D, A, B or C. */
        A1;

        public String literal() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when {@code literal} is none of them */
        public static Trigger of(String literal) {
            for (Trigger trigger : values()) {
                if (trigger.literal().equals(literal)) {
                    return trigger;
                }
            }
            throw new IllegalArgumentException("trigger: use d2 or a1");
        }
    }

    /** @throws IllegalArgumentException when members contradict each other; the message names one */
    public RequestRule {
        reasons = List.copyOf(reasons);
        if (granted.isPresent() == (grant == Grant.REFUSED)) {
            throw new IllegalArgumentException(
                    grant == Grant.REFUSED
                            ? "grant: what is refused has no function and no template"
                            : "function: exactly one of function and template expected");
        }
        if (approvalWithin.compareTo(Duration.ofMinutes(1)) < 0 || approvalWithin.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("approvalSeconds: 60 seconds to 31 days expected");
        }
    }

    /** For every request, at once. */
    public static RequestRule automatic(Granted granted) {
        return new RequestRule(
                List.of(),
                Grant.AUTOMATIC,
                Optional.of(granted),
                RequestQuota.DEFAULT,
                Optional.empty(),
                Trigger.D2,
                APPROVAL_WITHIN);
    }

    /** What stands as the default is left out. */
    public Json.Obj toJson() {
        Json.ObjectBuilder json = Json.object()
                .put(
                        "reasons",
                        reasons.isEmpty()
                                ? null
                                : new Json.Arr(reasons.stream()
                                        .map(reason -> Json.of(reason.literal()))
                                        .toList()))
                .put("grant", grant.literal());
        granted.ifPresent(what -> what.into(json));
        json.put("quota", quota.equals(RequestQuota.DEFAULT) ? null : quota.toJson());
        quietHours.ifPresent(hours -> json.put("quietHours", hours.toJson()));
        return json.put("trigger", trigger == Trigger.D2 ? null : trigger.literal())
                .put(
                        "approvalSeconds",
                        approvalWithin.equals(APPROVAL_WITHIN) ? null : Json.of(approvalWithin.toSeconds()))
                .build();
    }

    /** @throws IllegalArgumentException that names a member which is not as it should be */
    public static RequestRule fromJson(Fields fields) {
        Grant grant = fields.value("grant", Grant::of);
        return new RequestRule(
                fields.texts("reasons").stream().map(RequestReason::of).toList(),
                grant,
                grant == Grant.REFUSED ? Optional.empty() : Optional.of(Granted.fromJson(fields)),
                fields.findObject("quota").map(RequestQuota::fromJson).orElse(RequestQuota.DEFAULT),
                fields.findObject("quietHours").map(QuietHours::fromJson),
                fields.findValue("trigger", Trigger::of).orElse(Trigger.D2),
                fields.object()
                        .number("approvalSeconds")
                        .map(Duration::ofSeconds)
                        .orElse(APPROVAL_WITHIN));
    }
}
