package io.godwit.cli.bench.nodes;

import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Asks the balancer how many connections each node has. */
final class ConnectionsByNode {
    private static final JsonReader READER = new JsonReader(65_536, 4);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI balancer;

    ConnectionsByNode(URI balancer) {
        this.balancer = balancer;
    }

    /** As it is now, by the name of the node's component. */
    Map<String, Integer> now() throws InterruptedException {
        try {
            String body = http.send(
                            HttpRequest.newBuilder(balancer)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return read(body);
        } catch (IOException e) {
            throw new RegistryException(0, "the balancer at " + balancer + " does not answer; see its log");
        }
    }

    static Map<String, Integer> read(String body) {
        Map<String, Integer> connections = new TreeMap<>();
        if (READER.read(Octets.utf8(body)) instanceof JsonReader.Read read) {
            read.object().members().forEach((node, count) -> {
                if (count instanceof Json.Num number) {
                    connections.put(node, Integer.parseInt(number.literal()));
                }
            });
        }
        return connections;
    }

    static int sum(Map<String, Integer> connections) {
        return connections.values().stream().mapToInt(Integer::intValue).sum();
    }
}
