package io.godwit.local.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("ports.properties");
    }

    @Test
    void aChosenPortIsRemembered() {
        int first = new Ports(file, port -> true, port -> true).choose("kafka", 0, false);
        assertEquals(first, new Ports(file, port -> true, port -> true).choose("kafka", 0, false));
    }

    @Test
    void aRememberedPortThatSomebodyElseTookIsReplaced() {
        int first = new Ports(file, port -> true, port -> true).choose("kafka", 0, false);
        assertNotEquals(first, new Ports(file, port -> port != first, port -> true).choose("kafka", 0, false));
    }

    @Test
    void aRunningComponentKeepsItsPortWhateverIsWanted() {
        int first = new Ports(file, port -> true, port -> true).choose("kafka", 0, false);
        assertEquals(first, new Ports(file, port -> false, port -> true).choose("kafka", 9092, true));
    }

    @Test
    void aWantedPortIsTakenAsItIs() {
        assertEquals(9092, new Ports(file, port -> false, port -> true).choose("kafka", 9092, false));
    }

    @Test
    void aWantedPortIsTakenFromWhoeverHadItBefore() {
        Ports ports = new Ports(file, port -> true, port -> true);
        int first = ports.choose("hivemq", 0, false);
        assertEquals(first, ports.choose("kafka", first, false));
        assertNotEquals(first, ports.choose("hivemq", 0, false));
    }

    @Test
    void aPortThatAnotherPlatformHasChosenIsNotChosen() {
        AtomicInteger refused = new AtomicInteger();
        int chosen = new Ports(file, port -> true, port -> !refused.compareAndSet(0, port)).choose("kafka", 0, false);
        assertNotEquals(0, refused.get());
        assertNotEquals(refused.get(), chosen);
    }

    @Test
    void twoComponentsNeverGetTheSamePort() {
        Ports ports = new Ports(file, port -> true, port -> true);
        assertNotEquals(ports.choose("kafka", 0, false), ports.choose("hivemq", 0, false));
    }

    @Test
    void aPortInUseIsToldWithItsHolderAndARemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlatformException problem =
                    assertThrows(PlatformException.class, () -> Ports.requireFree("kafka", taken.getLocalPort()));
            assertTrue(
                    problem.problem()
                            .contains("in use by process "
                                    + ProcessHandle.current().pid() + " (java)"),
                    problem.problem());
            assertTrue(problem.remedy().contains("--port kafka=NUMBER"), problem.remedy());
        }
    }

    @Test
    void theKernelsTableIsReadByListeningPort() {
        String line = "   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 4242 1 x";
        assertEquals(Optional.of("socket:[4242]"), PortHolder.socketOf(line, 8080));
        assertEquals(Optional.empty(), PortHolder.socketOf(line, 8081));
        assertEquals(Optional.empty(), PortHolder.socketOf(line.replace(" 0A ", " 01 "), 8080));
    }
}
