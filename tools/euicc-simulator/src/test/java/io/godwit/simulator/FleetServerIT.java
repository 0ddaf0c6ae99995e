package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose driver has gone. */
@Timeout(90)
class FleetServerIT {
    private static final int CARDS = 3;

    @TempDir
    Path directory;

    @Test
    void cardsOfADriverThatHasGoneAreOnlineAndAnswer() throws Exception {
        Path cards = directory.resolve("cards");
        try (FleetProcess driven =
                FleetProcess.start(FleetProcess.Launch.likeThis(cards, directory.resolve("fleet.log"), "-Xmx64m"))) {
            driven.accept(TestFleet.credentials(driven.create(new FleetPlan(11, 1, CARDS))));
        }
        try (SmSrStandIn smSr = new SmSrStandIn(TestBroker.address());
                FleetServer server = FleetServer.start(cards, TestBroker.address(), 0)) {
            FleetSnapshot figures = awaitComplete(server);
            assertEquals(CARDS, figures.connected());

            smSr.publish(TestFleet.nid(0), new Trigger("a", "operation"));
            assertEquals("a", smSr.next(TestFleet.nid(0), TriggerResult.class).id());
        }
    }

    @Test
    void whoHasNotConnectedEveryDeviceSaysSo() throws Exception {
        Path cards = directory.resolve("cards");
        try (FleetProcess driven =
                FleetProcess.start(FleetProcess.Launch.likeThis(cards, directory.resolve("fleet.log"), "-Xmx64m"))) {
            driven.accept(TestFleet.credentials(driven.create(new FleetPlan(12, 1, CARDS))));
        }
        BrokerAddress nobody = new BrokerAddress("127.0.0.1", 1, false);
        try (FleetServer server = FleetServer.start(cards, nobody, 0)) {
            assertEquals(503, ask(server).statusCode());
        }
    }

    private static FleetSnapshot awaitComplete(FleetServer server) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(server);
        while (answer.statusCode() != 200) {
            Thread.sleep(20);
            answer = ask(server);
        }
        JsonReader.Read read = (JsonReader.Read) new JsonReader(10_000, 8).read(Octets.utf8(answer.body()));
        return FleetSnapshot.fromJson(new Fields(read.object()));
    }

    private static HttpResponse<String> ask(FleetServer server) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + FleetServer.PATH);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
