package io.godwit.balancer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The balancer in a process of its own, until SIGTERM; its arguments are those of {@link Plan#parse}. On the health port
 * {@value #PATH} answers with the number of open connections by node, as one JSON object, and status 200 while it listens.
 */
public final class MqttBalancer {
    /** Where it tells how it is. */
    public static final String PATH = "/connections";

    private static final int USAGE = 2;
    private static final int OK = 200;

    private MqttBalancer() {}

    public static void main(String[] arguments) throws Exception {
        Plan plan;
        try {
            plan = Plan.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        Balancer balancer = Balancer.start(plan);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.healthPort()), 0);
        http.createContext(PATH, exchange -> tell(exchange, balancer.open()));
        http.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            http.stop(0);
                            balancer.close();
                        },
                        "stop-balancer"));
    }

    private static void tell(HttpExchange exchange, OpenConnections open) throws IOException {
        byte[] body = open.toJson().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(OK, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
