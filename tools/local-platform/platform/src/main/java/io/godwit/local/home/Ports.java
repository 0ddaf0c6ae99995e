package io.godwit.local.home;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** The ports of one home: chosen once, kept as long as nobody else takes them. */
public final class Ports {
    /** Below what Linux gives to outgoing connections, so that none of those sits on a port of ours. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 31_999;

    private final Path file;
    private final Map<String, String> known;
    private final IntPredicate free;
    private final IntPredicate claimed;

    /** @param claimed whether a port that nobody listens on has become that of this process, asked once for a choice */
    Ports(Path file, IntPredicate free, IntPredicate claimed) {
        this.file = file;
        this.known = PropertyFile.read(file);
        this.free = free;
        this.claimed = claimed;
    }

    /** The ports of this home. */
    public static Ports of(PlatformHome home) {
        return new Ports(home.file("ports.properties"), Ports::isFree, PortClaims::claimForUser);
    }

    /**
     * The port of a component: the one that it listens on already, else the wanted one, else (0) the one that it had before, else a free one.
     *
     * @param wanted 1 to 65535, or 0 for "any"
     * @param runs whether the component is up, so that it is the one who listens on its former port
     */
    public synchronized int choose(String component, int wanted, boolean runs) {
        int before = Integer.parseInt(known.getOrDefault(component, "0"));
        if (runs && before != 0) {
            return before;
        }
        int port = wanted != 0 ? wanted : before != 0 && free.test(before) ? before : freePort();
        if (port != before) {
            // Who had it before finds another one.
            known.values().remove(Integer.toString(port));
            known.put(component, Integer.toString(port));
            PropertyFile.write(file, known);
        }
        return port;
    }

    /**
     * Makes sure that a component can listen.
     *
     * @throws PlatformException somebody else listens there
     */
    public static void requireFree(String component, int port) {
        if (!isFree(port)) {
            String holder = PortHolder.of(port).map(who -> " by " + who).orElse("");
            throw new PlatformException(
                    "Port " + port + ", which " + component + " needs, is in use" + holder + ".",
                    "Stop that program, or choose another port: ./godwit up --port " + component + "=NUMBER.");
        }
    }

    private int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (!known.containsValue(Integer.toString(port)) && free.test(port) && claimed.test(port)) {
                return port;
            }
        }
        throw new PlatformException(
                "No free port was found between " + LOWEST + " and " + HIGHEST + ".",
                "Stop some programs that listen there, or choose the ports yourself: ./godwit up --port NAME=NUMBER.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
