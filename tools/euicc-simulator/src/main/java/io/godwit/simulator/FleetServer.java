package io.godwit.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Fleet;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet that is on by itself, driven by nobody: {@code FleetServer <directory> <broker> <port>}. It plays the registered
 * cards of a directory until it gets SIGTERM, and then lets all devices leave.
 *
 * <p>On the loopback interface's {@code port} it tells its figures by HTTP: status 200 once every device has been connected,
 * 503 before.
 */
public final class FleetServer implements AutoCloseable {
    /** Where it tells its figures. */
    public static final String PATH = "/fleet";

    private static final Logger LOG = LoggerFactory.getLogger(FleetServer.class);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Fleet fleet;
    private final HttpServer http;
    /** Whether every device has been connected; known to the one thread only that serves HTTP. */
    private boolean complete;

    private FleetServer(Fleet fleet, HttpServer http) {
        this.fleet = fleet;
        this.http = http;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: FleetServer <directory of the cards> <mqtt://host:port> <port>");
            System.exit(2);
        }
        FleetServer server =
                start(Path.of(arguments[0]), BrokerAddress.parse(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "fleet-leaves"));
    }

    /** Switches the fleet on; {@code port} 0 takes a free one. */
    static FleetServer start(Path directory, BrokerAddress broker, int port) throws IOException {
        Fleet fleet = Fleet.load(new DeviceFiles(directory));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        FleetServer server = new FleetServer(fleet, http);
        http.createContext(PATH, server::tell);
        http.start();
        fleet.start(FleetSettings.of(broker));
        LOG.info("Fleet is on. devices={} broker={}", fleet.snapshot().registered(), broker);
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        fleet.close();
        LOG.info("Fleet is off.");
    }

    private void tell(HttpExchange exchange) throws IOException {
        FleetSnapshot now = fleet.snapshot();
        complete = complete || now.connected() >= now.registered();
        byte[] figures = JsonWriter.write(now.toJson()).toBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(complete ? OK : UNAVAILABLE, figures.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(figures);
        }
    }
}
