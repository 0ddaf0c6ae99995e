package io.godwit.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * RFC 9457 problem details.
 *
 * @param type {@code urn:godwit:problem:<code>}, stable: programs decide on it
 * @param title the same for every problem of that type
 * @param status the HTTP status
 * @param detail what happened this time; holds no secret and nothing of another tenant
 * @param errors the members at fault, each with its remedy; empty where no member is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:godwit:problem:";

    /**
     * One member at fault.
     *
     * @param field its path in the request, for example {@code eis.profiles[1].iccid}
     * @param remedy what would be accepted
     */
    public record FieldError(String field, String remedy) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem without a member at fault. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(TYPE_PREFIX + code, title, status, detail, List.of());
    }

    /** 400: that member or parameter cannot be what anybody meant to send. */
    public static Problem malformed(String field, String remedy) {
        return new Problem(
                TYPE_PREFIX + "malformed-request",
                "The request is malformed",
                400,
                field + ": " + remedy,
                List.of(new FieldError(field, remedy)));
    }

    /** 422: the request was understood but these members cannot be accepted. */
    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.stream()
                .map(error -> error.field() + ": " + error.remedy())
                .reduce((first, second) -> first + "; " + second)
                .orElse("The request cannot be accepted.");
        return new Problem(TYPE_PREFIX + "invalid-request", "The request is invalid", 422, detail, errors);
    }

    /** As {@link #invalid(List)} for one member. */
    public static Problem invalid(String field, String remedy) {
        return invalid(List.of(new FieldError(field, remedy)));
    }

    /** 404: that thing is not there, or not this tenant's. */
    public static Problem notFound(String what) {
        return of(404, "not-found", "Not found", "There is no such " + what + ".");
    }

    /** 409: the request contradicts what is there. */
    public static Problem conflict(String field, String remedy) {
        return new Problem(
                TYPE_PREFIX + "conflict",
                "The request contradicts the present state",
                409,
                field + ": " + remedy,
                List.of(new FieldError(field, remedy)));
    }
}
