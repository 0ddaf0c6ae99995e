package io.godwit.registry.rim;

import io.godwit.kit.problem.NulFreeText;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses NUL in a path or a query, by the parameter's name. A header cannot have one: HTTP forbids it. */
public class NulFreeParameters {
    @ServerRequestFilter
    public void check(UriInfo uri) {
        check(uri.getPathParameters());
        check(uri.getQueryParameters());
    }

    private static void check(MultivaluedMap<String, String> parameters) {
        parameters.forEach((name, values) -> {
            if (values.stream().anyMatch(NulFreeText::hasNul)) {
                throw new ProblemException(Problem.malformed(name, NulFreeText.REMEDY));
            }
        });
    }
}
