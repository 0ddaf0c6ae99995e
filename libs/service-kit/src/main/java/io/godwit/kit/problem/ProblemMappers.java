package io.godwit.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request into a problem. Set {@code quarkus.http.auth.proactive=false}, or 401 passes it by. */
public final class ProblemMappers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    public RestResponse<Problem> problem(ProblemException e) {
        return answer(e.problem());
    }

    /** The second type is named because Quarkus has a mapper of its own for it. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    public RestResponse<Problem> json(JsonProcessingException e) {
        if (e.getCause() instanceof ProblemException cause) {
            // It came while the body was read, and Jackson says where it was by then.
            return answer(cause.problem());
        }
        if (e instanceof NulFreeText.NulException nul) {
            return answer(Problem.malformed(path(nul), NulFreeText.REMEDY));
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return answer(Problem.invalid(path(mapping), remedy(mapping)));
        }
        if (e instanceof MismatchedInputException) {
            return answer(Problem.invalid("body", "another form expected; see the API description"));
        }
        return answer(Problem.of(400, "malformed-json", "The body is not JSON", "The body could not be read as JSON."));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String remedy(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "no member of that name is known; leave it out";
        }
        return e instanceof InvalidFormatException format
                ? "a " + format.getTargetType().getSimpleName() + " expected"
                : "another form expected; see the API description";
    }

    @ServerExceptionMapper
    public RestResponse<Problem> http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException cause) {
            return json(cause);
        }
        Response.StatusType status = e.getResponse().getStatusInfo();
        String code =
                status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        Problem problem = Problem.of(status.getStatusCode(), code, status.getReasonPhrase(), detail(status, allow));
        RestResponse.ResponseBuilder<Problem> answer = builder(problem);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    private static String detail(Response.StatusType status, String allow) {
        return switch (status.getStatusCode()) {
            case 404 -> "There is nothing at this path.";
            case 405 -> "This path takes another method" + (allow == null ? "." : ": " + allow + ".");
            case 406 -> "What the Accept header asks for is not offered here.";
            case 415 -> "This path takes another Content-Type; see the API description.";
            default -> status.getReasonPhrase() + ".";
        };
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public RestResponse<Problem> unauthorized(Exception e) {
        Problem problem =
                Problem.of(401, "unauthorized", "Unauthorized", "Send a valid token: Authorization: Bearer <token>.");
        return builder(problem).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
    }

    @ServerExceptionMapper
    public RestResponse<Problem> forbidden(ForbiddenException e) {
        return answer(Problem.of(403, "forbidden", "Forbidden", "The token's roles do not allow this."));
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unexpected(RuntimeException e) {
        LOG.error("A request ended in an unexpected error.", e);
        return answer(Problem.of(
                500, "internal-error", "Internal error", "The request failed here; the log tells why. Try again."));
    }

    private static RestResponse<Problem> answer(Problem problem) {
        return builder(problem).build();
    }

    private static RestResponse.ResponseBuilder<Problem> builder(Problem problem) {
        RestResponse.ResponseBuilder<Problem> answer = RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE);
        return problem.status() == 429 || problem.status() == 503
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                : answer;
    }
}
