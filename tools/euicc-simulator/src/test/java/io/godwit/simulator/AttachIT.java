package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.card.DownloadedCard;
import io.godwit.simulator.device.AgentEvent;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.device.RefusedAttach;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Fleet;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.network.AttachRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device with a downloaded profile, at a real broker and before a network that holds the carrier's copies in a file. */
@Timeout(60)
class AttachIT {
    private static final Nid NID = TestFleet.nid(0);
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final Octets KI = Octets.utf8("this is one's Ki");
    private static final Octets OPC = Octets.utf8("an operator's c.");
    private static final DownloadedCard CARD = DownloadedCard.of(
            ProfileBuilder.of(ICCID, new Imsi("001010123456789"), SecretOctets.copyOf(KI), SecretOctets.copyOf(OPC)));

    @TempDir
    Path directory;

    private Path subscribers;
    private Fleet fleet;
    private FleetConsole console;
    private SmSrStandIn smSr;

    @BeforeEach
    void switchOn() throws IOException, InterruptedException {
        subscribers = Files.writeString(directory.resolve("subscribers.jsonl"), "");
        DeviceFiles files = new DeviceFiles(Files.createDirectory(directory.resolve("cards")));
        files.save(CARD.card().state().eid(), DeviceMemory.around(new InsertedCard(CARD.card())));
        fleet = Fleet.load(files);
        fleet.accept(TestFleet.credentials(files.eids()));
        console = new FleetConsole(files, fleet);
        smSr = new SmSrStandIn(TestBroker.address());
    }

    private void start() throws IOException, InterruptedException {
        FleetSettings hasty = TestFleet.hasty(TestBroker.address());
        fleet.start(hasty.with(hasty.agent().withConfirmationTimeout(Duration.ofSeconds(1)))
                .authenticatedBy(subscribers));
        while (fleet.snapshot().connected() == 0) {
            Thread.sleep(20);
        }
    }

    @AfterEach
    void switchOff() {
        fleet.close();
        smSr.close();
    }

    @Test
    void whoeverTheNetworkDoesNotKnowRollsBackAndOneSeesWhy() throws IOException, InterruptedException {
        start();

        CardNotification told = enabled();

        assertEquals(NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, type(told));
        assertEquals("UNKNOWN_SUBSCRIBER", told.attachRefused());

        assertEquals(1, fleet.snapshot().count(AgentEvent.REFUSED_UNKNOWN_SUBSCRIBER));
        assertEquals(
                new RefusedAttach(ICCID, AttachRefusal.UNKNOWN_SUBSCRIBER, false),
                fleet.findTruth(NID).orElseThrow().attachRefused());
    }

    @Test
    void whoeverIsWrittenDownWhileTheFleetRunsAttaches() throws IOException, InterruptedException {
        start();
        Files.writeString(
                subscribers,
                "{\"imsi\":\"001010123456789\",\"iccid\":\"%s\",\"algorithm\":\"milenage\",\"k\":\"%s\",\"opc\":\"%s\"}%n"
                        .formatted(ICCID.digits(), KI.toHex(), OPC.toHex()));
        assertEquals(Json.object().put("subscribers", 1).build(), perform("subscribers"));

        CardNotification told = enabled();

        assertEquals(NotificationType.PROFILE_CHANGE_SUCCEEDED, type(told));
        assertNull(told.attachRefused());

        assertEquals(1, fleet.snapshot().count(AgentEvent.ATTACHED));
        assertNull(fleet.findTruth(NID).orElseThrow().attachRefused());
    }

    @Test
    void aFileThatIsWrongIsSaidAndNothingIsSwitchedOn() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> perform("subscribers"), "not started with one");
        Files.writeString(subscribers, "{\"imsi\":\"001010123456789\"}");
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, this::start);
        assertEquals("subscribers, line 1: iccid: a string expected", wrong.getMessage());
        Files.delete(subscribers);
        assertThrows(IOException.class, this::start);
        assertEquals(0, fleet.snapshot().connected());
    }

    private Json.Obj perform(String verb) throws IOException {
        return console.perform(new Fields(Json.object().put("do", verb).build()))
                .join();
    }

    /** Enables the downloaded profile; what the card reports afterwards. */
    private CardNotification enabled() throws InterruptedException {
        smSr.publish(NID, new Command("b", 1, CARD.enabling()));
        smSr.next(NID, CommandResult.class);
        return smSr.next(NID, CardNotification.class);
    }

    private static NotificationType type(CardNotification told) {
        return SmSrStandIn.notification(
                        told.packet(), CARD.card().state().keySets().get(0).keys())
                .type();
    }
}
