package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Fleet;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet as a child process, driven as the demo drives it, and killed as a fault test kills it. */
@Timeout(90)
class FleetProcessIT {
    private static final int CARDS = 20;
    private static final Nid FIRST = TestFleet.nid(0);

    @TempDir
    Path directory;

    @Test
    void killedFleetComesBackAsTheSameCards() throws Exception {
        Path cards = directory.resolve("cards");
        Octets packet;
        try (SmSrStandIn smSr = new SmSrStandIn(TestBroker.address())) {
            CommandResult result;
            try (FleetProcess fleet = start(cards)) {
                List<Eid> eids = fleet.create(new FleetPlan(8, 1, CARDS));
                assertEquals(CARDS, fleet.accept(TestFleet.credentials(eids)));
                fleet.connect(TestFleet.hasty(TestBroker.address()));
                awaitConnected(fleet);
                packet = smSr.packet(FIRST, keys(cards), new EnableProfile(SecurityDomains.isdP(1)));
                smSr.publish(FIRST, new Command("b", 1, packet));
                result = smSr.next(FIRST, CommandResult.class);
                fleet.kill();
                assertFalse(fleet.isAlive());
                assertThrows(FleetProcessException.class, fleet::snapshot);
            }
            try (FleetProcess fleet = start(cards)) {
                fleet.connect(TestFleet.hasty(TestBroker.address()));
                awaitConnected(fleet);
                smSr.next(FIRST, CardNotification.class);

                smSr.publish(FIRST, new Command("b", 1, packet));
                CommandResult again = nextResult(smSr);

                assertEquals(result, again);
                CardTruth truth = fleet.truth().get(0);
                assertEquals(FIRST, truth.nid());
                assertEquals(SecurityDomains.isdP(1), truth.enabledIsdP());
                assertEquals(List.of(1L), truth.recentCounters());
                assertTrue(truth.notificationPending());
                fleet.disconnect();
                assertEquals(0, fleet.snapshot().connected());
            }
        }
    }

    @Test
    void driverHearsOfAnswersRefusalsAndFigures() throws Exception {
        try (SmSrStandIn smSr = new SmSrStandIn(TestBroker.address());
                FleetProcess fleet = start(directory.resolve("cards"))) {
            fleet.accept(TestFleet.credentials(fleet.create(new FleetPlan(9, 1, CARDS))));
            fleet.connect(TestFleet.hasty(TestBroker.address()));
            awaitConnected(fleet);

            assertEquals(2, fleet.play(List.of(FIRST, TestFleet.nid(1), new Nid("nobody")), new Behaviour.Obeys()));
            CompletableFuture<RequestAnswer> answer = fleet.requestProfile(FIRST, "why not");
            ClientRequest request = smSr.next(FIRST, ClientRequest.class);
            smSr.publish(FIRST, new RequestRefused(request.id(), "the group refuses"));
            assertEquals(new RequestAnswer.Refused("the group refuses"), answer.get(10, TimeUnit.SECONDS));

            Gid gid = new Gid("meters");
            CompletableFuture<RequestAnswer> forAll = fleet.requestProfileFor(FIRST, gid, "site moves");
            ClientRequest spokesman = smSr.next(gid, ClientRequest.class);
            smSr.publish(FIRST, new RequestAccepted(spokesman.id(), "op-1"));
            assertEquals(new RequestAnswer.Accepted("op-1"), forAll.get(10, TimeUnit.SECONDS));

            assertThrows(
                    CompletionException.class,
                    () -> fleet.requestProfile(new Nid("nobody"), "x").join());
            FleetSnapshot snapshot = fleet.snapshot();
            assertEquals(CARDS, snapshot.registered());
            assertTrue(snapshot.process().cpuMillis() > 0);
        }
    }

    @Test
    void registrationsAreWrittenALineEach() throws Exception {
        Path file = directory.resolve("registrations.ndjson");
        try (FleetProcess fleet = start(directory.resolve("cards"))) {
            fleet.create(new FleetPlan(10, 1, CARDS));
            assertEquals(
                    CARDS,
                    fleet.writeRegistrations(
                            TestFleet.TENANT, transportKey(), List.of(new Gid("meters")), "meter-", file));
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(CARDS, lines.size());
        assertTrue(lines.get(0).startsWith("{\"nid\":\"meter-000001\",\"eis\":{\"eid\":\"89049032"));
    }

    private FleetProcess start(Path cards) throws IOException {
        return FleetProcess.start(
                FleetProcess.Launch.likeThis(cards, directory.resolve("fleet.log"), "-Xmx128m", "-Xss512k"));
    }

    private static CommandResult nextResult(SmSrStandIn smSr) throws InterruptedException {
        // The notification may be repeated in between: nobody confirms it here.
        while (true) {
            StepBody body = smSr.next(FIRST, StepBody.class);
            if (body instanceof CommandResult result) {
                return result;
            }
        }
    }

    private static void awaitConnected(FleetProcess fleet) throws InterruptedException {
        while (fleet.snapshot().connected() < CARDS) {
            Thread.sleep(20);
        }
    }

    private static Scp80Keys keys(Path cards) throws IOException {
        return Fleet.load(new DeviceFiles(cards))
                .cards()
                .get(0)
                .keySets()
                .get(0)
                .keys();
    }

    private static Json.Obj transportKey() throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("sm-sr-1");
        Octets jwk = Octets.utf8(key.toJson(OutputControlLevel.PUBLIC_ONLY));
        return ((JsonReader.Read) new JsonReader(10_000, 4).read(jwk)).object();
    }
}
