package io.godwit.system.secrets;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one token's bearer is answered over HTTP, head and body: to what has been asked with {@link #put} and {@link #post}, and to all that
 * {@link #watch} names, asked anew for each scan.
 */
public final class RestAnswers implements Source {
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;
    private final String token;
    private final Set<URI> watched = new LinkedHashSet<>();
    private final List<Answer> kept = new ArrayList<>();

    /** An answer as a program gets it. */
    public record Answer(String to, int status, String head, String body) {}

    public RestAnswers(URI registry, String token) {
        this.registry = registry;
        this.token = token;
    }

    /** Asks, and keeps the answer. */
    public Answer put(String path, String json) throws IOException, InterruptedException {
        return kept(ask(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json))));
    }

    /** The same; {@code type} is that of {@code body}. */
    public Answer post(String path, String type, String body) throws IOException, InterruptedException {
        return kept(ask(request(path)
                .header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))));
    }

    /** To be asked for at each scan, with all its further pages: a path of the registry, or a page of another service. */
    public void watch(String page) {
        watched.add(registry.resolve(page));
    }

    @Override
    public String kind() {
        return "rest";
    }

    @Override
    public void pour(Sink sink) throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>(kept);
        for (URI page : watched) {
            String cursor = "";
            do {
                String path =
                        page + (cursor.isEmpty() ? "" : (page.getQuery() == null ? "?" : "&") + "cursor=" + cursor);
                Answer answer = ask(request(path).GET());
                if (answer.status() != 200) {
                    throw new IOException("GET " + path + " was answered " + answer.status());
                }
                answers.add(answer);
                Matcher next = NEXT.matcher(answer.body());
                cursor = next.find() ? next.group(1) : "";
            } while (!cursor.isEmpty());
        }
        for (Answer answer : answers) {
            sink.take(answer.to() + " head", answer.head());
            sink.take(answer.to() + " body", answer.body());
        }
    }

    private Answer kept(Answer answer) {
        kept.add(answer);
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private Answer ask(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return new Answer(
                request.method() + " " + request.uri().getRawPath(),
                response.statusCode(),
                response.headers().map().toString(),
                response.body());
    }
}
