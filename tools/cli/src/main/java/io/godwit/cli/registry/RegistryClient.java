package io.godwit.cli.registry;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.OrderRecord.Steering;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the registry's REST API ({@code docs/openapi.yaml}) as one token's bearer. */
public final class RegistryClient {
    private static final JsonReader READER = new JsonReader(16 * 1024 * 1024, 64);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PAGE_LIMIT = "500";
    private static final int BULK_LINES = 1000;
    private static final int BULK_NIDS = 10_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI registry;
    private final String token;

    public RegistryClient(URI registry, String token) {
        this.registry = registry;
        this.token = token;
    }

    /** The transport key to which card keys are encrypted; empty while provisioning-service has not announced one. */
    public Optional<Json.Obj> smSrTransportKey() {
        return transportKey("sm-sr");
    }

    /** The transport key to which profile packages are encrypted; empty while none is announced. */
    public Optional<Json.Obj> smDpTransportKey() {
        return transportKey("sm-dp");
    }

    private Optional<Json.Obj> transportKey(String role) {
        HttpResponse<String> response =
                send(request("/v1/transport-keys/" + role).GET());
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(read(response));
    }

    /** Creates the tenant if it is not there; for a {@code platform-admin}. */
    public void createTenant(String tenant) {
        read(send(json("/v1/tenants").POST(body(Json.object().put("id", tenant).build()))));
    }

    /** Says whose certificates (PEM) may name the tenant's devices, in place of those before; for a {@code platform-admin}. */
    public void putDeviceTrustAnchors(String tenant, List<String> certificates) {
        List<Json> anchors = certificates.stream().map(Json::of).toList();
        read(send(json("/v1/tenants/" + tenant + "/device-trust-anchors")
                .PUT(body(Json.object().put("certificates", anchors).build()))));
    }

    /** Creates or changes a group; {@code onRequest} is what a member gets that asks by itself, {@code null} a refusal. */
    public void putGroup(String gid, Json.@Nullable Obj onRequest) {
        read(send(json("/v1/groups/" + gid)
                .PUT(body(Json.object().put("onRequest", onRequest).build()))));
    }

    /** Says what cards get that ask by themselves, where no group of theirs does: {@code {"rules": [...]}}. */
    public void putRequestPolicy(Json.Obj policy) {
        read(send(json("/v1/request-policy").PUT(body(policy))));
    }

    /** The group with its counts of members, registered and online. */
    public Json.Obj group(String gid) {
        return read(send(request("/v1/groups/" + gid).GET()));
    }

    /** Registers many cards; {@code results} gets one object a line, in order. */
    public void registerAll(List<String> lines, Consumer<Json.Obj> results) {
        // This client reads answers only when it has sent its lines: no more at a time than the sockets in between
        // hold.
        for (int from = 0; from < lines.size(); from += BULK_LINES) {
            bulk("/v1/euiccs/bulk", lines.subList(from, Math.min(lines.size(), from + BULK_LINES)), results);
        }
    }

    /** Lets a member's device ask for its whole group. */
    public void appointSpokesman(String gid, String nid) {
        read(send(json("/v1/groups/" + gid + "/members/" + nid)
                .PUT(body(Json.object().put("spokesman", true).build()))));
    }

    /** Lets many cards join a group; {@code results} gets one object a nid, in order. */
    public void joinAll(String gid, List<String> nids, Consumer<Json.Obj> results) {
        members("/v1/groups/" + gid + "/members", nids, results);
    }

    /** Lets many cards leave a group; {@code results} gets one object a nid, in order. */
    public void leaveAll(String gid, List<String> nids, Consumer<Json.Obj> results) {
        members("/v1/groups/" + gid + "/leave", nids, results);
    }

    /** The same for at most 10,000 cards that are removed for security: the group's epoch rises once. */
    public void removeForSecurity(String gid, List<String> nids, Consumer<Json.Obj> results) {
        bulk("/v1/groups/" + gid + "/leave?reason=security", quoted(nids), results);
    }

    private void members(String path, List<String> nids, Consumer<Json.Obj> results) {
        for (int from = 0; from < nids.size(); from += BULK_NIDS) {
            bulk(path, quoted(nids.subList(from, Math.min(nids.size(), from + BULK_NIDS))), results);
        }
    }

    private static List<String> quoted(List<String> nids) {
        return nids.stream().map(nid -> '"' + nid + '"').toList();
    }

    private void bulk(String path, List<String> lines, Consumer<Json.Obj> results) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-ndjson")
                .timeout(Duration.ofMinutes(10))
                .POST(BodyPublishers.ofString(String.join("\n", lines) + "\n"));
        try {
            HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw refusal(response.statusCode(), response.body().collect(Collectors.joining("\n")));
            }
            response.body()
                    .filter(line -> !line.isBlank())
                    .map(RegistryClient::parse)
                    .forEach(results);
        } catch (IOException e) {
            throw new RegistryException(0, "the registry at " + registry + " broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Places an order; the same {@code idempotencyKey} never places a second one.
     *
     * @return the operation's id
     */
    public String order(Json.Obj order, String idempotencyKey) {
        Json.Obj operation = read(send(
                json("/v1/operations").header("Idempotency-Key", idempotencyKey).POST(body(order))));
        return operation.text("id").orElseThrow(() -> new RegistryException(202, "the answer has no operation id"));
    }

    /** The same under a key of its own. */
    public String order(Json.Obj order) {
        return order(order, UUID.randomUUID().toString());
    }

    /**
     * Orders the download of a profile to one card.
     *
     * @return the operation's id
     */
    public String download(String nid, Json.Obj order) {
        Json.Obj operation = read(send(json("/v1/euiccs/" + nid + "/profiles")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body(order))));
        return operation.text("id").orElseThrow(() -> new RegistryException(202, "the answer has no operation id"));
    }

    /**
     * Brings a profile template, which is encrypted for the SM-DP.
     *
     * @return the import's id
     */
    public String putTemplate(String template, Json.Obj request) {
        Json.Obj begun = read(send(json("/v1/profile-templates/" + template).PUT(body(request))));
        return begun.text("import").orElseThrow(() -> new RegistryException(202, "the answer has no import id"));
    }

    /** A profile template, what became of its import, and its stock. */
    public Json.Obj template(String template) {
        return read(send(request("/v1/profile-templates/" + template).GET()));
    }

    /** Imports subscriptions, which are encrypted for the SM-DP; {@code results} gets one object a line, in order. */
    public void importSubscriptions(String template, List<String> lines, Consumer<Json.Obj> results) {
        for (int from = 0; from < lines.size(); from += BULK_LINES) {
            bulk(
                    "/v1/profile-templates/" + template + "/subscriptions",
                    lines.subList(from, Math.min(lines.size(), from + BULK_LINES)),
                    results);
        }
    }

    /** All subscriptions of a template, page by page. */
    public List<Json.Obj> subscriptions(String template) {
        return pages("/v1/subscriptions?template=" + template + "&limit=" + PAGE_LIMIT);
    }

    /**
     * Orders a function for a whole group: one trigger and one command for all of it.
     *
     * @return the operation's id
     */
    public String orderInGroupMode(String gid, Json.Obj function, CampaignPlan plan) {
        return order(Json.object()
                .put("function", function)
                .put("gid", gid)
                .put("mode", "group")
                .put("campaign", plan.toJson())
                .build());
    }

    /** Holds an operation in group mode, lets it go on, or ends it. */
    public void steer(String operation, Steering steering) {
        read(send(json("/v1/operations/" + operation + "/" + steering.literal()).POST(BodyPublishers.noBody())));
    }

    /** An operation; {@link CampaignFigures} has what is of group mode in it. */
    public Json.Obj operation(String id) {
        return read(send(request("/v1/operations/" + id).GET()));
    }

    /** All outcomes of an operation, page by page. */
    public List<Json.Obj> outcomes(String operation) {
        return pages("/v1/operations/" + operation + "/outcomes?limit=" + PAGE_LIMIT);
    }

    /** Replacements that this device takes part in, the old or the new one, newest first. */
    public List<Json.Obj> replacements(String nid) {
        return pages("/v1/replacements?nid=" + nid + "&limit=" + PAGE_LIMIT);
    }

    /** Those that wait for an operator, for an approval or because they are stuck. */
    public List<Json.Obj> replacementsWaiting() {
        return pages("/v1/replacements?state=waiting&limit=" + PAGE_LIMIT);
    }

    /** A replacement, with its steps so far. */
    public Json.Obj replacement(String ticket) {
        return read(send(request("/v1/replacements/" + ticket).GET()));
    }

    /** Lets a replacement be: the profile is installed anew. */
    public void approveReplacement(String ticket) {
        read(send(json("/v1/replacements/" + ticket + "/approve").POST(BodyPublishers.noBody())));
    }

    /** The same, but the profile goes from card to card. */
    public void approvePeerReplacement(String ticket) {
        read(send(json("/v1/replacements/" + ticket + "/approve")
                .POST(body(Json.object().put("mode", "peer").build()))));
    }

    /**
     * Gives a device up; its successor gets a profile of its own.
     *
     * @return the replacement's ticket
     */
    public String forceReplacement(Json.Obj order) {
        Json.Obj begun = read(send(json("/v1/replacements")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body(order))));
        return begun.text("ticket").orElseThrow(() -> new RegistryException(202, "the answer has no ticket"));
    }

    /** Waits no longer for the old card of a replacement: the successor gets a subscription of {@code template}. */
    public void forceReplacement(String ticket, String template) {
        read(send(json("/v1/replacements/" + ticket + "/force")
                .POST(body(Json.object()
                        .put("template", template)
                        .put("stolen", false)
                        .build()))));
    }

    /** Takes a replacement back, as far as it can be. */
    public void cancelReplacement(String ticket, String reason) {
        read(send(json("/v1/replacements/" + ticket + "/cancel")
                .POST(body(Json.object().put("reason", reason).build()))));
    }

    /** Which cards held a profile, oldest first. */
    public List<Json.Obj> holders(String iccid) {
        return pages("/v1/profiles/" + iccid + "/holders?limit=" + PAGE_LIMIT);
    }

    /** All devices of a group, page by page. */
    public List<Json.Obj> euiccs(String gid) {
        return pages("/v1/euiccs?group=" + gid + "&limit=" + PAGE_LIMIT);
    }

    public Json.Obj euicc(String nid) {
        return read(send(request("/v1/euiccs/" + nid).GET()));
    }

    private List<Json.Obj> pages(String path) {
        List<Json.Obj> all = new ArrayList<>();
        String cursor = "";
        do {
            Json.Obj page = read(send(request(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .GET()));
            for (Json item : page.array("items").orElse(List.of())) {
                if (item instanceof Json.Obj object) {
                    all.add(object);
                }
            }
            cursor = page.text("next").orElse("");
        } while (!cursor.isEmpty());
        return all;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/x-ndjson, application/problem+json");
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(Json.Obj object) {
        return BodyPublishers.ofString(JsonWriter.write(object).toUtf8());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RegistryException(0, "the registry at " + registry + " does not answer; is the platform up?");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static Json.Obj read(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body().isBlank() ? Json.Obj.EMPTY : parse(response.body());
    }

    private static RegistryException refusal(int status, String body) {
        if (READER.read(Octets.utf8(body)) instanceof JsonReader.Read problem) {
            String detail = problem.object()
                    .text("detail")
                    .or(() -> problem.object().text("title"))
                    .orElse(body);
            return new RegistryException(status, detail);
        }
        return new RegistryException(status, "HTTP " + status);
    }

    private static Json.Obj parse(String text) {
        JsonReader.Result result = READER.read(Octets.utf8(text));
        if (result instanceof JsonReader.Read read) {
            return read.object();
        }
        throw new RegistryException(200, "the registry's answer is not JSON");
    }

    private static RegistryException interrupted() {
        Thread.currentThread().interrupt();
        return new RegistryException(0, "interrupted");
    }
}
