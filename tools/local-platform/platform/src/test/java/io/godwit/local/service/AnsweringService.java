package io.godwit.local.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** As much of a service as the platform sees: it takes its port from the environment and answers when it is asked for its health. */
final class AnsweringService {
    private AnsweringService() {}

    /** Serves until it is stopped. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders("well".equals(System.getenv("HEALTH")) ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
    }
}
