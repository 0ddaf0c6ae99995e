package io.godwit.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** The API as one caller sees it. */
final class Api {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI base;
    private final String token;

    Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer with its JSON body, a missing node where there is none. */
    record Answer(int status, String contentType, String location, JsonNode body) {
        /** The code of the only error. */
        String code() {
            JsonNode errors = body.path("errors");
            if (errors.size() != 1) {
                throw new AssertionError("one error expected: " + body);
            }
            return errors.at("/0/extensions/code").asText();
        }

        String text(String name) {
            return body.path(name).asText(null);
        }

        List<JsonNode> items() {
            return Stream.iterate(0, i -> i + 1)
                    .limit(body.path("items").size())
                    .map(i -> body.path("items").get(i))
                    .toList();
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(body(json)));
    }

    Answer post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return send((headers.length == 0 ? request : request.headers(headers)).POST(body(json)));
    }

    /** One variable of a GraphQL query. */
    static ObjectNode variables(String name, Object value) {
        return MAPPER.createObjectNode().set(name, MAPPER.valueToTree(value));
    }

    /** Asks a GraphQL query. */
    Answer graph(String query) {
        return graph(query, MAPPER.createObjectNode());
    }

    Answer graph(String query, ObjectNode variables) {
        ObjectNode request = MAPPER.createObjectNode().put("query", query);
        request.set("variables", variables);
        return post("/graphql", request.toString());
    }

    /** Posts lines and returns the answer's lines. */
    List<JsonNode> bulk(String path, String lines) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-ndjson")
                .POST(body(lines))
                .build();
        return exchange(request).body().lines().map(Api::parse).toList();
    }

    Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request.build());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Location").orElse(""),
                response.body().startsWith("{") ? parse(response.body()) : MAPPER.missingNode());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
