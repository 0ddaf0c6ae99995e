package io.godwit.cli.bench.fanout;

import io.godwit.cli.platform.BuildTree;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One message to a group, in several ways, message by message in turn: each way is a HiveMQ process of its own, all are up
 * at once with their clients connected, and only one has something to do. First the ways to do it inside a broker against
 * the bare broker; then the whole product, from the Kafka record on, against the bare broker.
 */
public final class FanOutBench {
    private static final int OCTETS = 512;
    private static final long SETTLE_MILLIS = 150;

    private final BuildTree build;
    private final Path home;
    private final List<Integer> sizes;
    private final int rounds;
    private final int messages;
    private final int warmUp;
    private final PrintWriter out;
    private long number;

    /**
     * @param home where the brokers keep what they need; they are gone at the end
     * @param sizes numbers of clients, rising
     * @param messages to each size in each round and way
     * @param warmUp messages to each size and way before that
     */
    public FanOutBench(
            BuildTree build, Path home, List<Integer> sizes, int rounds, int messages, int warmUp, PrintWriter out) {
        this.build = build;
        this.home = home;
        this.sizes = List.copyOf(sizes);
        this.rounds = rounds;
        this.messages = messages;
        this.warmUp = warmUp;
        this.out = out;
    }

    /** How many connections this program holds at once. */
    public static int connections(List<Integer> sizes) {
        return 3 * sizes.get(sizes.size() - 1);
    }

    public void run() throws InterruptedException, ExecutionException, TimeoutException {
        List<Way> ways = new ArrayList<>();
        try {
            Way bare = peer(PeerBroker.BARE, ways);
            peer(PeerBroker.LOOP, ways);
            peer(PeerBroker.GROUP, ways);
            compare("Inside the broker", bare, ways);
            ways.subList(1, ways.size()).forEach(Way::close);
            ways.subList(1, ways.size()).clear();
            started(GodwitBroker.start(home, build.extensionZip(), sizes), ways);
            compare("From the Kafka record to the device", bare, ways);
        } finally {
            ways.forEach(Way::close);
        }
    }

    private Way peer(String variant, List<Way> ways) throws InterruptedException, TimeoutException {
        return started(PeerBroker.start(variant, home, build.fanOutZip(), sizes), ways);
    }

    private Way started(Way way, List<Way> ways) {
        ways.add(way);
        out.println(way.name() + ": " + sizes.get(sizes.size() - 1) + " clients connected");
        out.flush();
        return way;
    }

    private void compare(String title, Way bare, List<Way> ways)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> rows = new ArrayList<>();
        // The greatest first: a new JVM interprets and compiles for many thousand deliveries.
        for (int largest = sizes.size() - 1; largest >= 0; largest--) {
            warm(ways, sizes.get(largest));
        }
        for (int size : sizes) {
            Map<Way, List<Figures>> results = new LinkedHashMap<>();
            ways.forEach(way -> results.put(way, new ArrayList<>()));
            for (int round = 0; round < rounds; round++) {
                measure(ways, size, messages)
                        .forEach((way, figures) ->
                                results.getOrDefault(way, new ArrayList<>()).add(figures));
            }
            results.forEach((way, figures) ->
                    rows.add(Row.of(size, way.name(), figures, results.getOrDefault(bare, List.of()))));
        }
        out.println();
        out.println(title + ":");
        out.println();
        out.println(Row.HEAD);
        rows.forEach(out::println);
        ways.stream()
                .filter(way -> way.arrivals().strays() > 0)
                .forEach(way -> out.println(way.name() + ": " + way.arrivals().strays()
                        + " messages came twice or to a client that they were not for"));
        out.println();
        out.flush();
    }

    private void warm(List<Way> ways, int size) throws InterruptedException, ExecutionException, TimeoutException {
        Map<Way, Figures> first = measure(ways, size, 1);
        Map<Way, Figures> rest = measure(ways, size, warmUp);
        first.forEach((way, figures) -> out.printf(
                Locale.ROOT,
                "%s, %d clients: the first message %.0f ms, the %d behind it %.0f ms (median); not counted%n",
                way.name(),
                size,
                figures.medianMillis(),
                warmUp,
                rest.getOrDefault(way, figures).medianMillis()));
        out.flush();
    }

    /** Each way in turn, and again, so that what else happens on the machine meets all of them. */
    private Map<Way, Figures> measure(List<Way> ways, int size, int count)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<Way, Figures> results = new LinkedHashMap<>();
        for (int message = 0; message < count; message++) {
            for (Way way : ways) {
                one(way, size, results.computeIfAbsent(way, key -> new Figures()));
            }
        }
        return results;
    }

    private void one(Way way, int size, Figures figures)
            throws InterruptedException, ExecutionException, TimeoutException {
        byte[] payload = new byte[OCTETS];
        Arrays.fill(payload, (byte) 'x');
        number++;
        ByteBuffer.wrap(payload).putLong(number);
        way.arrivals().expect(number, size);
        long cpu = way.brokerCpuMillis();
        long start = System.nanoTime();
        way.send(size, payload);
        double millis = (way.arrivals().awaitLast() - start) / 1e6;
        // The acknowledgements are still under way.
        Thread.sleep(SETTLE_MILLIS);
        figures.add(millis, way.brokerCpuMillis() - cpu, size);
    }
}
