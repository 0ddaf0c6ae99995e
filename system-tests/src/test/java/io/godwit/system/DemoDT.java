package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's first command as it stands there, with 50 cards, and what the README and the guide for device makers say of
 * {@code --keep}: the lines that the demo prints work, and all of it goes on until it is stopped.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DemoDT {
    private static final int STOPPED_BY_TIMEOUT = 124;

    @TempDir
    static Path home;

    private static Commands commands;
    private static Commands.Said demo;

    @BeforeAll
    static void runTheDemo() throws Exception {
        commands = new Commands(home.resolve("platform"));
        demo = commands.run(ReadmeTest.commands().get(0) + " --cards 50 --json --keep");
    }

    @AfterAll
    static void stopIt() throws Exception {
        Commands.Said down = commands.run("./godwit down");
        assertTrue(down.text().contains("Stopped fleet-0, "), down.text());
    }

    @Test
    void theDemoCommandMovesEveryCardInBothModesServesThoseThatAskAndDownloads() {
        assertEquals(0, demo.status(), demo.text());
        everythingHasCome(result(demo));
    }

    private static Json.Obj result(Commands.Said said) {
        return assertInstanceOf(JsonReader.Read.class, new JsonReader(1 << 16, 8).read(Octets.utf8(said.lastLine())))
                .object();
    }

    /** On the platform that runs already, which it leaves running. */
    @Test
    void theReplacementDemoBringsBothSuccessorsUp() throws Exception {
        Commands.Said said = commands.run("./godwit demo replacement --json");
        assertEquals(0, said.status(), said.text());
        Json.Obj result = result(said);
        assertEquals(Optional.of(new Json.Bool(true)), result.find("sound"));
        Json.Obj moved = result.object("moved").orElseThrow();
        assertEquals(Optional.of(new Json.Bool(true)), moved.find("neverOnBoth"));
        Json.Obj givenUp = result.object("givenUp").orElseThrow();
        assertNotEquals(givenUp.text("iccid"), givenUp.text("successorsIccid"));
        assertEquals(0, commands.run("./godwit status").status());
    }

    @Test
    void theDevicesStayOnlineAndAStockClientHasACardOfItsOwn() throws Exception {
        Commands.Said status = commands.run("./godwit status");
        assertEquals(0, status.status(), status.text());
        assertTrue(status.text().matches("(?s).*fleet-0 +up .*"), status.text());
        assertTrue(commands.run("./godwit logs fleet-0").text().contains("Fleet is on."));
        assumeTrue(StockClient.isInstalled(), "mosquitto_sub is not installed");
        assumeTrue(commands.run("command -v curl").status() == 0, "curl is not installed");
        Commands.Said order = commands.run(demo.line("curl", "-d"));
        assertEquals(0, order.status(), order.text());
        Commands.Said client = commands.run("timeout 60 " + demo.line("mosquitto_sub", "-t") + " -C 1");
        assertTrue(client.status() != STOPPED_BY_TIMEOUT, "no message came");
        assertTrue(client.text().contains("\"type\":\"trigger\""), client.text());
    }

    private static void everythingHasCome(Json.Obj result) {
        everyCardHasSucceeded(result);
        assertEquals(Optional.of(0L), result.number("repaired"), "nobody was silent");
        // One message for all of them, and an answer from each.
        publishes(result, Map.of("A1", 1L, "A2", 50L, "C1", 1L, "C2", 50L));
        Json.Obj single = result.object("single").orElseThrow();
        everyCardHasSucceeded(single);
        publishes(single, Map.of("A1", 50L, "A2", 50L, "B1", 50L, "B2", 50L));
        assertEquals(Optional.of(new Json.Bool(true)), result.find("firstDownloadEnabled"));
        Json.Obj downloads = result.object("downloads").orElseThrow();
        everyCardHasSucceeded(downloads);
        // CreateISDP, key agreement, package, EnableProfile.
        publishes(downloads, Map.of("A1", 50L, "A2", 50L, "B1", 200L, "B2", 200L));
        assertEquals(Optional.of(1000L), result.number("subscriptionsImported"));
        // One for the first card, one for each of the fifty, and the one with a wrong Ki, which is on its card,
        // disabled.
        Json.Obj stock = result.object("subscriptions").orElseThrow();
        assertEquals(Optional.of(52L), stock.number("Consumed"));
        assertEquals(Optional.of(949L), stock.number("Available"));
        assertEquals(Optional.of("ROLLED_BACK"), result.text("wrongKi"));
        assertEquals(Optional.of(new Json.Bool(true)), result.find("wrongKiRolledBack"));
    }

    private static void everyCardHasSucceeded(Json.Obj order) {
        assertEquals(Optional.of(50L), order.number("cards"));
        assertEquals(Optional.of(50L), order.number("succeeded"));
        assertEquals(Optional.of(0L), order.number("failed"));
        assertTrue(order.object("cpuMillisPerCard").orElseThrow().members().size() >= 6, "one figure a process");
    }

    private static void publishes(Json.Obj order, Map<String, Long> expected) {
        Json.Obj publishes = order.object("publishes").orElseThrow();
        expected.forEach((step, count) -> assertEquals(Optional.of(count), publishes.number(step), step));
        assertTrue(publishes.number("D1").orElseThrow() >= 100, "a notification and an answer from each card");
    }
}
