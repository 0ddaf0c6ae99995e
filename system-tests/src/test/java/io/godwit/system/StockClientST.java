package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardStep;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.fleet.Registrations;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device made of {@code mosquitto_sub}, {@code mosquitto_pub} and a card: no client of ours is needed. */
@ExtendWith(RunningPlatform.class)
class StockClientST {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String TENANT = "stock";
    private static final long PATIENCE = 30;
    private static final int BURST = 50;
    private static final int RATE = 20;

    private record Device(Nid nid, EuiccCard card, StockClient client) {}

    @BeforeAll
    static void stockClientIsInstalled() {
        boolean installed = StockClient.isInstalled();
        if (!installed) {
            System.out.println("SKIPPED: mosquitto_sub and mosquitto_pub are missing (Debian: mosquitto-clients)");
        }
        assumeTrue(installed, "mosquitto_sub and mosquitto_pub are missing (Debian: mosquitto-clients)");
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aStockClientReceivesItsCommandsAndAnswersThem(Installation installation) throws Exception {
        RegistryClient registry = Operator.of(installation, TENANT);
        Device device = register(installation, registry, TENANT);
        EuiccCard card = device.card();
        try (StockClient.Subscription commands = device.client().subscribe("To_eUICC")) {
            String operation = order(registry, device.nid());
            StepBody.Trigger a1 = body(StepBody.Trigger.class, FlowStep.A1, commands);
            say(device, new StepBody.TriggerResult(a1.id(), true, null));
            StepBody.Command b1 = body(StepBody.Command.class, FlowStep.B1, commands);
            CardStep executed = card.receive(b1.packet());
            say(
                    device,
                    new StepBody.CommandResult(
                            b1.id(), b1.sequence(), executed.response().orElseThrow()));
            EuiccCard back = executed.next().afterReboot().next();
            say(
                    device,
                    new StepBody.CardNotification(
                            "d-1", back.pendingNotification().orElseThrow()));
            StepBody.Received d2 = body(StepBody.Received.class, FlowStep.D2, commands);
            assertEquals("d-1", d2.id());
            CardStep confirmed = back.receive(Optional.ofNullable(d2.packet()).orElseThrow());
            say(
                    device,
                    new StepBody.ConfirmationResult("d-2", confirmed.response().orElseThrow()));
            assertEquals(
                    "d-2", body(StepBody.Received.class, FlowStep.D2, commands).id());
            Json.Obj ended = awaitCompletion(registry, operation);
            assertEquals(
                    Optional.of(1L),
                    ended.number("succeeded"),
                    JsonWriter.write(ended).toUtf8());
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void whatIsNotItsOwnGetsADeviceNothingAndHarmsNobody(Installation installation) throws Exception {
        RegistryClient registry = Operator.of(installation, TENANT);
        Device victim = register(installation, registry, TENANT);
        Device hostile = register(installation, registry, TENANT);
        Device foreign = register(installation, Operator.of(installation, "stock-other"), "stock-other");
        Octets forged = message(victim.nid(), new StepBody.ClientRequest("x", "forged"));
        Octets trigger = message(hostile.nid(), new StepBody.Trigger("x", "forged"));
        try (StockClient.Subscription everything = hostile.client().subscribe("#", "-V", "5");
                StockClient.Subscription shared = hostile.client().subscribe("$share/g/To_eUICC", "-V", "5");
                StockClient.Subscription own = hostile.client().subscribe("To_eUICC", "-V", "5");
                StockClient.Subscription victims = victim.client().subscribe("To_eUICC")) {
            assertNotEquals(0, hostile.client().publish("To_SM-SR", forged), "for another nid");
            assertNotEquals(0, foreign.client().publish("To_SM-SR", forged), "for another tenant");
            assertNotEquals(0, hostile.client().publish("To_eUICC", trigger), "as the SM-SR");
            assertNotEquals(0, hostile.client().publish("To_SM-SR", Octets.of(new byte[300_000])), "oversize");
            assertNotEquals(0, hostile.client().publish("To_SM-SR", Octets.utf8("{\"nid\":")), "malformed");
            assertNotEquals(
                    0,
                    new StockClient(installation.mqtt(), TENANT + "/" + victim.nid(), "wrong")
                            .publish("To_SM-SR", forged),
                    "with a wrong password");
            String operation = order(registry, victim.nid());
            StepBody.Trigger a1 = body(StepBody.Trigger.class, FlowStep.A1, victims);
            say(victim, new StepBody.TriggerResult(a1.id(), false, "busy"));
            awaitCompletion(registry, operation);
            // The hostile device's own command comes last, over the same way: what went before it would be here.
            order(registry, hostile.nid());
            body(StepBody.Trigger.class, FlowStep.A1, own);
            List<String> overheard = new ArrayList<>(everything.payloads());
            overheard.addAll(shared.payloads());
            overheard.addAll(own.payloads());
            assertTrue(overheard.stream().noneMatch(line -> line.contains("\"nid\"")), overheard.toString());
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void tenTimesTheRateIsRefusedAndHarmsNobody(Installation installation) throws Exception {
        RegistryClient registry = Operator.of(installation, TENANT);
        Device five = register(installation, registry, TENANT);
        Device three = register(installation, registry, TENANT);
        Device quiet = register(installation, registry, TENANT);
        try (StockClient.Subscription answers = quiet.client().subscribe("To_eUICC")) {
            // Its own first answer shows that it is reachable before it is loud elsewhere.
            ask(quiet, "before", answers);
            long begin = System.nanoTime();
            StockClient.Burst loud = five.client().burst("To_SM-SR", lines(five.nid()), "-V", "5");
            StockClient.Burst alsoLoud = three.client().burst("To_SM-SR", lines(three.nid()), "-V", "311");
            ask(quiet, "meanwhile", answers);

            long negative = loud.count("RC:151)", 10);
            long connects = alsoLoud.count("sending CONNECT", 10);
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertTrue(negative > 0, "a negative PUBACK says that it is too fast");
            assertEquals(1, loud.count("sending CONNECT", 0), "MQTT 5: still connected");
            assertTrue(connects > 1, "MQTT 3.1.1: disconnected, and came again");
            for (Device device : List.of(five, three)) {
                long recorded = Recorded.messages(installation.platform().kafka(), device.nid());
                assertTrue(
                        recorded >= BURST && recorded <= BURST + RATE * seconds + 1,
                        recorded + " recorded in " + seconds + " s");
            }
            ask(quiet, "after", answers);
        }
    }

    /** Ten times what a device may send, and more, all at once. */
    private static List<Octets> lines(Nid nid) {
        List<Octets> lines = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            lines.add(message(nid, new StepBody.TriggerResult("unasked-" + i, true, null)));
        }
        return lines;
    }

    private static void ask(Device device, String id, StockClient.Subscription answers) throws Exception {
        say(device, new StepBody.ClientRequest(id, "test"));
        String answer = answers.next(PATIENCE).orElseThrow(() -> new AssertionError("no D2 came for " + id));
        assertTrue(answer.contains("\"" + id + "\""), answer);
    }

    private static String order(RegistryClient registry, Nid nid) {
        return registry.order(Json.object()
                .put(
                        "function",
                        Json.object()
                                .put("name", "EnableProfile")
                                .put(
                                        "target",
                                        Json.object().put("type", "operational").build())
                                .build())
                .put("nid", nid.value())
                .build());
    }

    private static Json.Obj awaitCompletion(RegistryClient registry, String operation) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        Json.Obj now = registry.operation(operation);
        while (!now.text("status").equals(Optional.of("Completed")) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            now = registry.operation(operation);
        }
        return now;
    }

    private static <T extends StepBody> T body(Class<T> kind, FlowStep step, StockClient.Subscription from)
            throws InterruptedException {
        String payload = from.next(PATIENCE).orElseThrow(() -> new AssertionError("no " + step + " came"));
        RspMessageCodec.Decoded decoded = assertInstanceOf(
                RspMessageCodec.Decoded.class,
                new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS)
                        .decode(MqttTopic.TO_EUICC, Octets.utf8(payload)),
                payload);
        assertEquals(step, decoded.step(), payload);
        return assertInstanceOf(
                kind,
                assertInstanceOf(
                                StepBodyCodec.Decoded.class,
                                StepBodyCodec.decode(step, decoded.message().body()))
                        .body());
    }

    private static void say(Device device, StepBody body) throws Exception {
        assertEquals(0, device.client().publish("To_SM-SR", message(device.nid(), body)));
    }

    private static Octets message(Nid nid, StepBody body) {
        return RspMessageCodec.encode(body.toMessage(new Address.Single(nid)));
    }

    private static Device register(Installation installation, RegistryClient registry, String tenant)
            throws InterruptedException {
        String serial = String.format(Locale.ROOT, "%09d", RANDOM.nextInt(1_000_000_000));
        EuiccCard card = CardFactory.personalise(
                Eid.withCheckDigits("89049032" + "7".repeat(13) + serial),
                List.of(Scp80Keys.of(1, randomKey(), randomKey())),
                List.of(
                        IsdP.withProfile(0, Iccid.withCheckDigit("8988770" + serial + "000"), 32_768),
                        IsdP.withProfile(1, Iccid.withCheckDigit("8988771" + serial + "000"), 32_768)));
        Json.Obj key = registry.smSrTransportKey().orElseThrow();
        String line = new Registrations(
                        new TenantId(tenant), JsonWriter.write(key).toUtf8(), List.of())
                .registration(card.state(), null)
                .toUtf8();
        List<Json.Obj> results = new ArrayList<>();
        registry.registerAll(List.of(line), results::add);
        Json.Obj result = results.get(0).object("result").orElseThrow();
        Nid nid = new Nid(result.text("nid").orElseThrow());
        StockClient client = new StockClient(
                installation.mqtt(),
                tenant + "/" + nid,
                result.text("deviceSecret").orElseThrow());
        awaitRegistration(registry, nid);
        return new Device(nid, card, client);
    }

    /** Until the SM-SR knows the card, it hears nothing that the device says; a device of ours would say it again. */
    private static void awaitRegistration(RegistryClient registry, Nid nid) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        Optional<String> registration = registry.euicc(nid.value()).text("registration");
        while (registration.equals(Optional.of("Pending")) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            registration = registry.euicc(nid.value()).text("registration");
        }
        assertEquals(Optional.of("Registered"), registration);
    }

    private static Octets randomKey() {
        byte[] key = new byte[16];
        RANDOM.nextBytes(key);
        return Octets.fromHex(HexFormat.of().formatHex(key));
    }
}
