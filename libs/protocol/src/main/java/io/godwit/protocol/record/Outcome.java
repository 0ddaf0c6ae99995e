package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How one procedure on one card ended.
 *
 * @param status the SGP.02 function execution status
 * @param code a short stable code, for example {@code POL2_FORBIDS} or {@code ROLLED_BACK}; {@code null} on success
 * @param detail a sentence for people that names the cause and, where there is one, the remedy; holds no secret
 */
public record Outcome(
        Status status, @Nullable String code, @Nullable String detail) {
    public static final Outcome SUCCEEDED = new Outcome(Status.EXECUTED_SUCCESS, null, null);

    /** SGP.02's FunctionExecutionStatus. */
    public enum Status {
        EXECUTED_SUCCESS("Executed-Success"),
        EXECUTED_WITH_WARNING("Executed-WithWarning"),
        FAILED("Failed"),
        EXPIRED("Expired");

        private final String literal;

        Status(String literal) {
            this.literal = literal;
        }

        public String literal() {
            return literal;
        }

        /** @throws IllegalArgumentException when no status has that name */
        public static Status of(String literal) {
            for (Status status : values()) {
                if (status.literal.equals(literal)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("status: not a function execution status");
        }
    }

    public static Outcome failed(String code, String detail) {
        return new Outcome(Status.FAILED, code, detail);
    }

    public static Outcome expired(String code, String detail) {
        return new Outcome(Status.EXPIRED, code, detail);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("status", status.literal())
                .put("code", code)
                .put("detail", detail)
                .build();
    }

    public static Outcome fromJson(Fields fields) {
        return new Outcome(
                fields.value("status", Status::of),
                fields.findText("code").orElse(null),
                fields.findText("detail").orElse(null));
    }
}
