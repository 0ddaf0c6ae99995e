package io.godwit.registry.graph;

import graphql.InvalidSyntaxError;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request passes before it is a query: it is read up to a length (a bulk registration has none, a query has), it is
 * JSON, and its query is GraphQL. Without this, SmallRye would read any length, and answer without a code.
 */
@ApplicationScoped
public class GraphRequests {
    private static final Logger LOG = LoggerFactory.getLogger(GraphRequests.class);
    private static final String PATH = "/graphql";
    private static final int TOO_LARGE = 413;
    private static final long MOST_OCTETS = 256 * 1024;
    /** Before SmallRye's route; that takes the body as it was read here. */
    private static final int FIRST = -3;

    void mount(@Observes Router router) {
        router.route(PATH).order(FIRST).handler(GraphRequests::refuseUpgrade);
        router.route(PATH)
                .order(FIRST + 1)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_OCTETS))
                .failureHandler(GraphRequests::fail);
        router.route(PATH).order(FIRST + 2).blockingHandler(GraphRequests::check, false);
    }

    private static void refuseUpgrade(RoutingContext request) {
        if (request.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
            refuse(
                    request,
                    400,
                    GraphCode.MALFORMED_REQUEST,
                    "There are no subscriptions; follow /v1/operations/{id}/progress instead.",
                    null);
        } else {
            request.next();
        }
    }

    private static void check(RoutingContext request) {
        if (!HttpMethod.POST.equals(request.request().method())) {
            request.next();
            return;
        }
        String query = query(request);
        if (query == null) {
            refuse(
                    request,
                    400,
                    GraphCode.MALFORMED_REQUEST,
                    "Send a JSON object with the member query, as application/json.",
                    null);
            return;
        }
        try {
            new Parser().parseDocument(query);
        } catch (InvalidSyntaxException e) {
            InvalidSyntaxError error = e.toInvalidSyntaxError();
            refuse(request, 400, GraphCode.MALFORMED_REQUEST, error.getMessage(), error.getLocations());
            return;
        }
        request.next();
    }

    private static @Nullable String query(RoutingContext request) {
        String body = request.body().asString();
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (body != null && type != null && type.startsWith("application/graphql")) {
            return body;
        }
        try {
            return body != null && new JsonObject(body).getValue("query") instanceof String query ? query : null;
        } catch (DecodeException e) {
            return null;
        }
    }

    /** Whatever ends a request early; a token that is not valid does so while its query is under way. */
    private static void fail(RoutingContext request) {
        if (request.response().headWritten()) {
            return;
        }
        if (request.statusCode() == TOO_LARGE) {
            String remedy = "The request is longer than " + MOST_OCTETS + " octets; ask in steps.";
            refuse(request, TOO_LARGE, GraphCode.TOO_LARGE, remedy, null);
            return;
        }
        Throwable failure = request.failure();
        GraphFault fault = GraphFault.of(failure == null ? new IllegalStateException() : failure);
        if (fault.code() == GraphCode.UNAUTHENTICATED) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(request, 401, fault.code(), fault.message(), null);
        } else {
            LOG.error("A request for a query ended in an unexpected error. status={}", request.statusCode(), failure);
            refuse(request, 500, fault.code(), fault.message(), null);
        }
    }

    private static void refuse(
            RoutingContext request,
            int status,
            GraphCode code,
            String message,
            @Nullable List<SourceLocation> locations) {
        JsonObject error = new JsonObject().put("message", message);
        if (locations != null) {
            JsonArray places = new JsonArray();
            locations.forEach(place ->
                    places.add(new JsonObject().put("line", place.getLine()).put("column", place.getColumn())));
            error.put("locations", places);
        }
        error.put("extensions", new JsonObject().put("code", code.name()));
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("errors", new JsonArray().add(error)).encode());
    }
}
